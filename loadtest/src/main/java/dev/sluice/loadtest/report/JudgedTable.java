package dev.sluice.loadtest.report;

import dev.sluice.loadtest.chart.Label;
import dev.sluice.loadtest.markup.Element;
import dev.sluice.loadtest.verdict.Finding.Outcome;
import java.util.List;

/**
 * A table whose rows end in a judgement, in words and in colour.
 *
 * @param cssClass of the table
 * @param head a name for each column, that of the judgement last
 * @param rows from the top
 */
record JudgedTable(String cssClass, List<Label> head, List<Row> rows) {
    /**
     * One row.
     *
     * @param name in its first column
     * @param cells in the columns between
     * @param outcome what colours it
     * @param words for the outcome, in its last column
     */
    record Row(Label name, List<Label> cells, Outcome outcome, Label words) {}

    /** The table as an element of a page; scrolls by itself where there is little width. */
    Element element() {
        Element names = Element.of("tr");
        head.forEach(name -> names.add(name.in("th").set("scope", "col")));
        Element body = Element.of("tbody");
        rows.forEach(row -> body.add(element(row)));
        return Element.of("div", "scroll")
                .add(Element.of("table", cssClass).add(Element.of("thead").add(names), body));
    }

    private static Element element(Row row) {
        Element element = Element.of("tr", cssClass(row.outcome()))
                .add(row.name().in("th").set("scope", "row"));
        row.cells().forEach(cell -> element.add(cell.in("td")));
        return element.add(row.words().in("td").set("class", "outcome"));
    }

    private static String cssClass(Outcome outcome) {
        return switch (outcome) {
            case OK -> "good";
            case BROKEN -> "bad";
            case NOT_JUDGED -> "unjudged";
        };
    }
}
