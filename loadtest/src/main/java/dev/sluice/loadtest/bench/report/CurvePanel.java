package dev.sluice.loadtest.bench.report;

import dev.sluice.loadtest.chart.Unit;
import dev.sluice.loadtest.chart.ValueAxis;
import dev.sluice.loadtest.markup.Element;
import dev.sluice.loadtest.markup.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** One figure at each size: medians as a line, the spread of the repeats as a bar behind each. Sizes by powers of ten to the right, values upwards from 0. */
public final class CurvePanel {
    static final double WIDTH = 360;
    static final double HEIGHT = 210;
    private static final double LEFT = 40;
    private static final double RIGHT = 14;
    /** From the ends of the grid to the first and the last size, whose words are as wide. */
    private static final double INSET = 30;

    private static final double TOP = 36;
    private static final double BOTTOM = 34;
    private static final String INK = "#1f6feb";
    private static final String GRID = "#d0d7de";
    private static final String WORDS = "#57606a";

    private record Point(double size, Samples samples) {}

    private final String title;
    private final List<Point> points = new ArrayList<>();

    CurvePanel(String title) {
        this.title = title;
    }

    void add(double size, Samples samples) {
        points.add(new Point(size, samples));
    }

    /** The panel with its corner at 0, 0. */
    Element drawing() {
        ValueAxis axis = ValueAxis.upTo(
                Unit.COUNT,
                points.stream()
                        .mapToDouble(point -> point.samples().most())
                        .max()
                        .orElse(0));
        Element panel = Element.of("g").add(text(0, 16, "start", title).set("font-weight", "bold"));
        axis.ticks().forEach(tick -> {
            double y = y(axis, tick);
            panel.add(line(LEFT, y, WIDTH - RIGHT, y, GRID, 1));
            panel.add(text(LEFT - 8, y + 4, "end", axis.text(tick)).set("fill", WORDS));
        });
        points.forEach(point -> panel.add(spread(axis, point)));
        panel.add(Element.of("polyline")
                .set("points", medians(axis))
                .set("fill", "none")
                .set("stroke", INK)
                .set("stroke-width", "2"));
        points.forEach(point -> panel.add(marker(axis, point)));
        return panel;
    }

    private Element spread(ValueAxis axis, Point point) {
        double x = x(point.size());
        return line(
                        x,
                        y(axis, point.samples().least()),
                        x,
                        y(axis, point.samples().most()),
                        INK,
                        5)
                .set("stroke-opacity", "0.25");
    }

    private Element marker(ValueAxis axis, Point point) {
        double x = x(point.size());
        double median = point.samples().median();
        return Element.of("g")
                .add(Element.of("circle")
                        .set("cx", x)
                        .set("cy", y(axis, median))
                        .set("r", 3)
                        .set("fill", INK))
                .add(text(x, y(axis, median) - 9, "middle", Unit.COUNT.text(median))
                        .set("paint-order", "stroke")
                        .set("stroke", "#ffffff")
                        .set("stroke-width", 4))
                .add(text(x, HEIGHT - 16, "middle", String.format(Locale.ROOT, "%,.0f", point.size()))
                        .set("fill", WORDS));
    }

    private String medians(ValueAxis axis) {
        return points.stream()
                .map(point -> Numbers.text(x(point.size())) + ","
                        + Numbers.text(y(axis, point.samples().median())))
                .collect(Collectors.joining(" "));
    }

    private double x(double size) {
        double from = Math.log(points.getFirst().size());
        double span = Math.max(Math.log(points.getLast().size()) - from, Double.MIN_NORMAL);
        return LEFT + INSET + (WIDTH - LEFT - RIGHT - 2 * INSET) * (Math.log(size) - from) / span;
    }

    private static double y(ValueAxis axis, double value) {
        return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * axis.place(value);
    }

    private static Element line(double x1, double y1, double x2, double y2, String colour, double width) {
        return Element.of("line")
                .set("x1", x1)
                .set("y1", y1)
                .set("x2", x2)
                .set("y2", y2)
                .set("stroke", colour)
                .set("stroke-width", width);
    }

    private static Element text(double x, double y, String anchor, String words) {
        return Element.of("text")
                .set("x", x)
                .set("y", y)
                .set("text-anchor", anchor)
                .text(words);
    }
}
