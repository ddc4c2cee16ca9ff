package dev.sluice.loadtest.report.data;

import java.util.List;

/**
 * Latencies over time, each from the intended start.
 *
 * @param name what was measured
 * @param points in order of time; a second without a measurement has none
 */
public record LatencySeries(String name, List<Point> points) {
    public LatencySeries {
        points = List.copyOf(points);
    }

    /** The measurements of one second. */
    public record Point(double second, double p50Millis, double p99Millis, double maxMillis) {}
}
