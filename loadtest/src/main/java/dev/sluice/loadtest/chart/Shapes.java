package dev.sluice.loadtest.chart;

import dev.sluice.loadtest.markup.Numbers;
import java.util.List;

/**
 * Points become path commands. Pure.
 *
 * @param height of the plot in pixels
 */
record Shapes(LevelAxis level, ValueAxis value, double height) {
    /** A line through points, broken at gaps. */
    String line(List<Point> points) {
        StringBuilder path = new StringBuilder();
        for (int i = 0; i < points.size(); i++) {
            if (!isAlone(points, i)) {
                path.append(gapBefore(points, i) ? 'M' : 'L').append(at(points.get(i)));
            }
        }
        return path.toString();
    }

    /** A dot for each point that has gaps on both sides. */
    String dots(List<Point> points) {
        StringBuilder path = new StringBuilder();
        for (int i = 0; i < points.size(); i++) {
            if (isAlone(points, i)) {
                path.append('M').append(at(points.get(i))).append("h0");
            }
        }
        return path.toString();
    }

    private boolean isAlone(List<Point> points, int i) {
        return gapBefore(points, i) && (i == points.size() - 1 || gapBefore(points, i + 1));
    }

    private boolean gapBefore(List<Point> points, int i) {
        return i == 0 || points.get(i).x() - points.get(i - 1).x() > level.gap();
    }

    /** The area between two lines with points at the same places. */
    String between(List<Point> upper, List<Point> lower) {
        StringBuilder path = new StringBuilder();
        upper.forEach(point -> path.append(path.isEmpty() ? 'M' : 'L').append(at(point)));
        lower.reversed().forEach(point -> path.append('L').append(at(point)));
        return path.append('Z').toString();
    }

    private String at(Point point) {
        return Numbers.text(level.place(point.x()) * Frame.WIDTH) + " "
                + Numbers.text((1 - value.place(point.y())) * height);
    }
}
