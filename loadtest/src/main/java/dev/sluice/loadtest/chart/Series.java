package dev.sluice.loadtest.chart;

import java.util.List;

/**
 * One line or layer.
 *
 * @param name for the legend
 * @param points in order of x; those without a finite place or value are left out
 */
public record Series(Label name, List<Point> points) {
    public Series {
        points = points.stream()
                .filter(point -> Double.isFinite(point.x()) && Double.isFinite(point.y()))
                .toList();
    }
}
