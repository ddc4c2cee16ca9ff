package dev.sluice.loadtest.chart;

import dev.sluice.loadtest.markup.Element;
import java.util.List;

/**
 * What goes on from when to when: a row for each thing, with a bar for each stretch of it.
 *
 * @param id of the figure, once in a page
 * @param title what is shown
 * @param note how to read it
 * @param time the level axis
 * @param kinds names of the colours, for the legend
 * @param rows from the top; those beyond {@link #MOST_ROWS} are counted and not drawn
 * @param marks in order of time
 */
public record BarChart(
        String id, Label title, Label note, TimeAxis time, List<Label> kinds, List<Row> rows, List<Mark> marks) {
    /** More than anybody reads. */
    public static final int MOST_ROWS = 100;

    private static final double ROW_HEIGHT = 44;
    private static final double WORDS_AT = 18;
    private static final double BAR_AT = 24;
    private static final double BAR_HEIGHT = 12;
    /** Width of a bar too short to be seen, as a share. */
    private static final double LEAST_WIDTH = 0.002;

    /**
     * One row.
     *
     * @param name at its left
     * @param detail at its right
     * @param bars in any order
     */
    public record Row(Label name, Label detail, List<Bar> bars) {
        public Row {
            bars = List.copyOf(bars);
        }
    }

    /**
     * One stretch.
     *
     * @param kind place of its kind in the chart's list
     */
    public record Bar(double from, double to, int kind) {}

    public BarChart {
        kinds = List.copyOf(kinds);
        rows = List.copyOf(rows);
        marks = List.copyOf(marks);
    }

    /** The chart as an element of a page. */
    public Element figure() {
        Figure figure = new Figure(id, title, note);
        List<Row> drawn = rows.subList(0, Math.min(rows.size(), MOST_ROWS));
        double height = ROW_HEIGHT * (drawn.size() + (rows.size() > drawn.size() ? 1 : 0));
        Element svg = Frame.svg(figure.titleId(), height).add(Frame.levelGrid(time, height));
        for (int i = 0; i < drawn.size(); i++) {
            svg.add(row(drawn.get(i), Frame.TOP + i * ROW_HEIGHT));
        }
        if (rows.size() > drawn.size()) {
            int more = rows.size() - drawn.size();
            Label rest = new Label("and " + more + " more", "另有 " + more + " 行");
            svg.add(rest.texts("name", "0", Frame.TOP + height - ROW_HEIGHT + WORDS_AT));
        }
        return figure.around(svg.add(Frame.marks(marks, time, height)), kinds, BarTable.of(drawn, kinds, time))
                .set("class", "chart bars");
    }

    private Element row(Row row, double top) {
        Element group = Element.of("g", "row")
                .add(row.name().texts("name", "0", top + WORDS_AT))
                .add(row.detail().texts("detail", "100%", top + WORDS_AT));
        row.bars().forEach(bar -> group.add(bar(bar, top + BAR_AT)));
        return group;
    }

    private Element bar(Bar bar, double top) {
        double from = time.place(bar.from());
        return Element.of("rect", "bar " + Figure.colour(bar.kind()))
                .set("x", Frame.percent(from))
                .set("y", top)
                .set("width", Frame.percent(Math.max(time.place(bar.to()) - from, LEAST_WIDTH)))
                .set("height", BAR_HEIGHT);
    }
}
