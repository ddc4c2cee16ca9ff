package dev.sluice.loadtest.bench;

import dev.sluice.loadtest.markup.Element;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How figures change with a size, as a picture: sizes by powers of ten to the right, and upwards each figure as a share of its first value, so that what does not grow is
 * level, whatever its unit.
 */
final class Curve {
    private static final double WIDTH = 640;
    private static final double HEIGHT = 300;
    private static final double LEFT = 60;
    private static final double RIGHT = 220;
    private static final double TOP = 36;
    private static final double BOTTOM = 36;
    private static final double LEAST_TOP = 2;
    private static final List<String> COLOURS = List.of("#1f6feb", "#bf5700", "#2da44e", "#8250df");

    private record Point(double size, double value) {}

    private final String id;
    private final String title;
    private final Map<String, List<Point>> lines = new LinkedHashMap<>();

    /**
     * @param id what its file's name ends with
     * @param title above it
     */
    Curve(String id, String title) {
        this.id = id;
        this.title = title;
    }

    String id() {
        return id;
    }

    void add(String line, double size, double value) {
        lines.computeIfAbsent(line, name -> new ArrayList<>()).add(new Point(size, value));
    }

    /** A whole SVG file. */
    String svg() {
        Element svg = Element.of("svg")
                .set("xmlns", "http://www.w3.org/2000/svg")
                .set("viewBox", "0 0 %.0f %.0f".formatted(WIDTH, HEIGHT))
                .set("font-family", "sans-serif")
                .set("font-size", "12")
                .add(Element.of("rect")
                        .set("width", WIDTH)
                        .set("height", HEIGHT)
                        .set("fill", "#ffffff"))
                .add(text(LEFT, TOP - 16, title + "; share of the first value"));
        for (double share = 0; share <= top(); share += top() / 4) {
            svg.add(grid(LEFT, y(share), WIDTH - RIGHT, y(share)), text(8, y(share) + 4, "%.2f".formatted(share)));
        }
        for (double size : sizes()) {
            svg.add(
                    grid(x(size), TOP, x(size), HEIGHT - BOTTOM),
                    text(x(size) - 24, HEIGHT - 12, GrowthBench.label(size)));
        }
        int number = 0;
        for (var line : lines.entrySet()) {
            String colour = COLOURS.get(number % COLOURS.size());
            svg.add(
                    Element.of("polyline")
                            .set("points", points(line.getValue()))
                            .set("fill", "none")
                            .set("stroke", colour)
                            .set("stroke-width", "2"),
                    text(WIDTH - RIGHT + 12, TOP + 18 * number, line.getKey()).set("fill", colour));
            number++;
        }
        return svg + "\n";
    }

    private String points(List<Point> line) {
        StringBuilder text = new StringBuilder();
        for (Point point : line) {
            double share = point.value() / line.getFirst().value();
            text.append("%.1f,%.1f ".formatted(x(point.size()), y(share)));
        }
        return text.toString().strip();
    }

    private double x(double size) {
        List<Double> sizes = sizes();
        double from = Math.log(sizes.getFirst());
        double width = Math.max(Math.log(sizes.getLast()) - from, Double.MIN_NORMAL);
        return LEFT + (WIDTH - LEFT - RIGHT) * (Math.log(size) - from) / width;
    }

    private double y(double share) {
        return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * share / top();
    }

    private double top() {
        return lines.values().stream()
                .flatMap(line -> line.stream()
                        .map(point -> point.value() / line.getFirst().value()))
                .reduce(LEAST_TOP, Math::max);
    }

    private List<Double> sizes() {
        return lines.values().iterator().next().stream().map(Point::size).toList();
    }

    private static Element grid(double x1, double y1, double x2, double y2) {
        return Element.of("line")
                .set("x1", x1)
                .set("y1", y1)
                .set("x2", x2)
                .set("y2", y2)
                .set("stroke", "#d0d7de");
    }

    private static Element text(double x, double y, String words) {
        return Element.of("text").set("x", x).set("y", y).text(words);
    }
}
