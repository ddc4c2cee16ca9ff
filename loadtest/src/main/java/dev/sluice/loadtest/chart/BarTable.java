package dev.sluice.loadtest.chart;

import dev.sluice.loadtest.chart.BarChart.Bar;
import dev.sluice.loadtest.chart.BarChart.Row;
import dev.sluice.loadtest.markup.Element;
import java.util.List;

/** The data behind a bar chart: a row for each bar. */
final class BarTable {
    private static final List<Label> HEAD =
            List.of(new Label("Name", "名称"), new Label("Kind", "类别"), new Label("From", "从"), new Label("To", "到"));

    private BarTable() {}

    static Element of(List<Row> rows, List<Label> kinds, TimeAxis axis) {
        Element head = Element.of("tr");
        HEAD.forEach(name -> head.add(name.in("th").set("scope", "col")));
        Element body = Element.of("tbody");
        rows.forEach(row -> row.bars().forEach(bar -> body.add(line(row, bar, kinds, axis))));
        return Element.of("table").add(Element.of("thead").add(head), body);
    }

    private static Element line(Row row, Bar bar, List<Label> kinds, TimeAxis axis) {
        return Element.of("tr")
                .add(
                        row.name().in("th").set("scope", "row"),
                        kinds.get(bar.kind()).in("td"))
                .add(
                        Element.of("td").text(axis.text(bar.from())),
                        Element.of("td").text(axis.text(bar.to())));
    }
}
