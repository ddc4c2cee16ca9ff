package dev.sluice.loadtest.report;

import dev.sluice.loadtest.chart.Label;
import dev.sluice.loadtest.markup.Element;
import dev.sluice.loadtest.markup.Node;
import dev.sluice.loadtest.report.data.Event;
import dev.sluice.loadtest.report.data.RunRecord;
import java.util.ArrayList;
import java.util.List;

/** What was done to the stage, numbered as the marks of the charts. */
final class EventList {
    private EventList() {}

    static List<Node> of(RunRecord run, RunTime time) {
        if (time.marks().isEmpty()) {
            return List.of();
        }
        Element list = Element.of("ol", "events");
        run.events().stream().limit(time.marks().size()).forEach(event -> list.add(item(event, time)));
        List<Node> section = new ArrayList<>();
        section.add(new Label("What happened", "事件").in("h2"));
        section.add(new Label("The numbers stand at the vertical marks of every chart.", "编号对应各图中的竖线。")
                .in("p")
                .set("class", "soft"));
        section.add(list);
        int more = run.events().size() - time.marks().size();
        if (more > 0) {
            section.add(new Label("and " + more + " more, in the JSON", "另有 " + more + " 项，见 JSON").in("p"));
        }
        return section;
    }

    private static Element item(Event event, RunTime time) {
        return Element.of("li")
                .add(Element.of("span", "soft").text(time.axis().text(event.second()) + " "))
                .add(new Label(event.text(), event.textZh()).spans());
    }
}
