package dev.sluice.loadtest.chart;

import java.util.List;

/** The level axis of a chart: what its values are drawn over. Linear, since the page's script finds a place on it by its two ends. */
public sealed interface LevelAxis permits TimeAxis, RateAxis {
    /** What is at its left end. */
    double from();

    /** What is at its right end, more than {@link #from()}. */
    double to();

    /** What it counts. */
    Label name();

    /** Where it has lines: round values. */
    List<Double> ticks();

    /** A place as people write it. */
    String text(double x);

    /** Points farther apart than this are not joined by a line. */
    double gap();

    /** From one end to the other. */
    default double span() {
        return to() - from();
    }

    /** Where something is: 0 at the left, 1 at the right; what is outside is put at the end. */
    default double place(double x) {
        return (Math.clamp(x, from(), to()) - from()) / span();
    }
}
