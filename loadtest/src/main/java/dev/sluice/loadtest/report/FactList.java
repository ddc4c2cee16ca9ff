package dev.sluice.loadtest.report;

import dev.sluice.loadtest.chart.Label;
import dev.sluice.loadtest.markup.Element;
import dev.sluice.loadtest.markup.Node;
import dev.sluice.loadtest.report.data.RunHead;
import java.util.List;

/** What the figures are worthless without. */
final class FactList {
    private FactList() {}

    static List<Node> of(RunHead head) {
        Element list = Element.of("dl", "facts");
        add(list, new Label("Machine", "机器"), "dd", head.machine());
        add(list, new Label("Commit", "提交"), "code", head.commit());
        add(list, new Label("Command", "命令"), "code", head.command());
        head.facts().forEach((name, value) -> add(list, RunWords.fact(name), "dd", value));
        return List.of(new Label("Facts", "环境").in("h2"), list);
    }

    private static void add(Element list, Label name, String element, String value) {
        Element words = Element.of(element).text(value);
        list.add(name.in("dt"), element.equals("dd") ? words : Element.of("dd").add(words));
    }
}
