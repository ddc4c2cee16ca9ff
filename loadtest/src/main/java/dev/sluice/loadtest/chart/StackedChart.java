package dev.sluice.loadtest.chart;

import dev.sluice.loadtest.markup.Element;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Parts of a whole over time, as areas on top of each other.
 *
 * @param id of the figure, once in a page
 * @param title what is shown
 * @param note how to read it
 * @param time the level axis
 * @param unit of the values
 * @param layers from the lowest; all have their points at the same places, none is below 0
 * @param marks in order of time
 */
public record StackedChart(
        String id, Label title, Label note, TimeAxis time, Unit unit, List<Series> layers, List<Mark> marks) {
    private static final double HEIGHT = 200;

    public StackedChart {
        layers = List.copyOf(layers);
        marks = List.copyOf(marks);
        if (layers.stream().map(StackedChart::places).distinct().count() > 1) {
            throw new IllegalArgumentException("layers of a stack must have their points at the same places");
        }
    }

    private static List<Double> places(Series layer) {
        return layer.points().stream().map(Point::x).toList();
    }

    /** The chart as an element of a page. */
    public Element figure() {
        Figure figure = new Figure(id, title, note);
        List<List<Point>> edges = edges();
        double most = edges.getLast().stream().mapToDouble(Point::y).max().orElse(0);
        ValueAxis values = ValueAxis.upTo(unit, most);
        Element svg = Frame.svg(figure.titleId(), HEIGHT)
                .set("tabindex", "0")
                .set("data-from", time.from())
                .set("data-to", time.to())
                .add(Frame.valueGrid(values, HEIGHT), Frame.levelGrid(time, HEIGHT))
                .add(areas(edges, new Shapes(time, values, HEIGHT)))
                .add(Frame.marks(marks, time, HEIGHT), Frame.cursor(HEIGHT));
        return figure.around(svg, layers.stream().map(Series::name).toList(), DataTable.of(layers, time, unit));
    }

    private static Element areas(List<List<Point>> edges, Shapes shapes) {
        Element paths = Frame.shapes(HEIGHT);
        for (int i = 1; i < edges.size(); i++) {
            paths.add(Element.of("path", "area " + Figure.colour(i - 1))
                    .set("d", shapes.between(edges.get(i), edges.get(i - 1))));
        }
        return paths;
    }

    /** The lines between the layers, the ground first, where the whole is highest or lowest in a part of the axis. */
    private List<List<Point>> edges() {
        List<List<Point>> edges = new ArrayList<>();
        edges.add(layers.isEmpty() ? List.of() : ground(layers.getFirst()));
        layers.forEach(layer -> edges.add(onTop(edges.getLast(), layer.points())));
        Set<Double> kept =
                Parts.extremes(edges.getLast(), time).stream().map(Point::x).collect(Collectors.toSet());
        return edges.stream()
                .map(edge ->
                        edge.stream().filter(point -> kept.contains(point.x())).toList())
                .toList();
    }

    private static List<Point> ground(Series layer) {
        return layer.points().stream().map(point -> new Point(point.x(), 0)).toList();
    }

    private static List<Point> onTop(List<Point> below, List<Point> own) {
        return IntStream.range(0, own.size())
                .mapToObj(i ->
                        new Point(own.get(i).x(), below.get(i).y() + own.get(i).y()))
                .toList();
    }
}
