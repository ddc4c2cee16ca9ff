package dev.sluice.loadtest.chart;

import java.util.List;

/**
 * One line or layer.
 *
 * @param name for the legend
 * @param points in order of x; those without a finite place or value are left out
 * @param backdrop drawn broad and pale, so that a line which runs on top of it does not hide it
 */
public record Series(Label name, List<Point> points, boolean backdrop) {
    public Series {
        points = points.stream()
                .filter(point -> Double.isFinite(point.x()) && Double.isFinite(point.y()))
                .toList();
    }

    /** A line or layer like any other. */
    public Series(Label name, List<Point> points) {
        this(name, points, false);
    }

    /** The same as a backdrop. */
    public Series asBackdrop() {
        return new Series(name, points, true);
    }
}
