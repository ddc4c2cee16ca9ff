package dev.sluice.loadtest.chart;

import dev.sluice.loadtest.chart.Parts.Extent;
import dev.sluice.loadtest.markup.Element;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;

/** The data behind a chart, as bounded as the chart: a row for each part of the axis that has a point. */
final class DataTable {
    private DataTable() {}

    static Element of(List<Series> series, LevelAxis axis, Unit unit) {
        List<SortedMap<Integer, Extent>> columns =
                series.stream().map(one -> Parts.of(one.points(), axis)).toList();
        SortedSet<Integer> parts = new TreeSet<>();
        columns.forEach(column -> parts.addAll(column.keySet()));
        Element body = Element.of("tbody");
        parts.forEach(part -> body.add(row(part, columns, axis, unit)));
        return Element.of("table")
                .add(head(axis.name(), series.stream().map(Series::name).toList()), body);
    }

    /** A head with a column for the level axis and one for each name. */
    private static Element head(Label level, List<Label> names) {
        Element row = Element.of("tr").add(level.in("th").set("scope", "col"));
        names.forEach(name -> row.add(name.in("th").set("scope", "col")));
        return Element.of("thead").add(row);
    }

    private static Element row(int part, List<SortedMap<Integer, Extent>> columns, LevelAxis axis, Unit unit) {
        double x = columns.stream()
                .filter(column -> column.containsKey(part))
                .mapToDouble(column -> column.get(part).first().x())
                .min()
                .orElseThrow();
        Element row = Element.of("tr").set("data-x", x);
        row.add(Element.of("th").set("scope", "row").text(axis.text(x)));
        columns.forEach(column ->
                row.add(Element.of("td").text(column.containsKey(part) ? cell(column.get(part), unit) : "")));
        return row;
    }

    private static String cell(Extent extent, Unit unit) {
        String lowest = unit.text(extent.lowest().y());
        String highest = unit.text(extent.highest().y());
        return lowest.equals(highest) ? lowest : lowest + " – " + highest;
    }
}
