package dev.sluice.loadtest.chart;

import dev.sluice.loadtest.markup.Numbers;
import java.util.List;

/**
 * Points become path commands. Pure.
 *
 * @param height of the plot in pixels
 */
record Shapes(TimeAxis time, ValueAxis value, double height) {
    /** A line breaks where it would cross more than this share of the axis, or so many seconds, without a point. */
    private static final double GAP_SHARE = 1.0 / 30;

    private static final double GAP_SECONDS = 10;

    /** A line through points, broken at gaps; a point alone becomes a dot. */
    String line(List<Point> points) {
        double gap = Math.max(GAP_SECONDS, time.span() * GAP_SHARE);
        StringBuilder path = new StringBuilder();
        for (int i = 0; i < points.size(); i++) {
            boolean begins = i == 0 || points.get(i).x() - points.get(i - 1).x() > gap;
            boolean ends = i == points.size() - 1
                    || points.get(i + 1).x() - points.get(i).x() > gap;
            path.append(begins ? 'M' : 'L').append(at(points.get(i)));
            if (begins && ends) {
                path.append("h0");
            }
        }
        return path.toString();
    }

    /** The area between two lines with points at the same places. */
    String between(List<Point> upper, List<Point> lower) {
        StringBuilder path = new StringBuilder();
        upper.forEach(point -> path.append(path.isEmpty() ? 'M' : 'L').append(at(point)));
        lower.reversed().forEach(point -> path.append('L').append(at(point)));
        return path.append('Z').toString();
    }

    private String at(Point point) {
        return Numbers.text(time.place(point.x()) * Frame.WIDTH) + " "
                + Numbers.text((1 - value.place(point.y())) * height);
    }
}
