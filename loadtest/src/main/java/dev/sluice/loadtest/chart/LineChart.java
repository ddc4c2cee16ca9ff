package dev.sluice.loadtest.chart;

import dev.sluice.loadtest.markup.Element;
import java.util.List;

/**
 * Values as lines over time, or over whatever the level axis counts.
 *
 * @param id of the figure, once in a page
 * @param title what is shown
 * @param note how to read it
 * @param level what they are drawn over
 * @param unit of the values
 * @param scale of the values
 * @param series in the order of the legend; any length, see {@link Parts}
 * @param marks in the order of the level axis
 */
public record LineChart(
        String id,
        Label title,
        Label note,
        LevelAxis level,
        Unit unit,
        Scale scale,
        List<Series> series,
        List<Mark> marks) {
    private static final double HEIGHT = 200;

    /** How values are spread over the height. */
    public enum Scale {
        /** From 0. */
        LINEAR,
        /** Equal steps are equal factors. */
        LOGARITHMIC
    }

    public LineChart {
        series = List.copyOf(series);
        marks = List.copyOf(marks);
    }

    /** The chart as an element of a page. */
    public Element figure() {
        Figure figure = new Figure(id, title, note);
        Shapes shapes = new Shapes(level, values(), HEIGHT);
        Element paths = Frame.shapes(HEIGHT);
        draw(true, shapes, paths);
        draw(false, shapes, paths);
        Element svg = Frame.svg(figure.titleId(), HEIGHT)
                .set("tabindex", "0")
                .set("data-from", level.from())
                .set("data-to", level.to())
                .add(Frame.valueGrid(shapes.value(), HEIGHT), Frame.levelGrid(level, HEIGHT), paths)
                .add(Frame.marks(marks, level, HEIGHT), Frame.cursor(HEIGHT));
        return figure.around(svg, series.stream().map(Series::name).toList(), DataTable.of(series, level, unit));
    }

    /** Backdrops come first, since what is drawn later lies on top. */
    private void draw(boolean backdrops, Shapes shapes, Element paths) {
        for (int i = 0; i < series.size(); i++) {
            if (series.get(i).backdrop() == backdrops) {
                List<Point> points = Parts.extremes(series.get(i).points(), level);
                String line = backdrops ? "line backdrop " : "line ";
                paths.add(Element.of("path", line + Figure.colour(i)).set("d", shapes.line(points)));
                paths.add(Element.of("path", "dots " + Figure.colour(i)).set("d", shapes.dots(points)));
            }
        }
    }

    private ValueAxis values() {
        return switch (scale) {
            case LINEAR -> ValueAxis.upTo(unit, most());
            case LOGARITHMIC -> ValueAxis.logarithmic(unit, series);
        };
    }

    private double most() {
        return series.stream()
                .flatMap(one -> one.points().stream())
                .mapToDouble(Point::y)
                .max()
                .orElse(0);
    }
}
