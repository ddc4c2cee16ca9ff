package dev.sluice.loadtest.chart;

import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Round places on an axis. Pure. */
final class Ticks {
    private static final double[] ROUND = {1, 2, 5, 10};
    private static final double[] TIMES = {
        1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 10_800, 21_600, 43_200, 86_400, 172_800,
        604_800
    };
    /** A hair, so that a last tick is not lost to rounding. */
    private static final double HAIR = 1e-9;

    private Ticks() {}

    /** The least of 1, 2 or 5 times a power of ten that divides a span into no more steps than asked for. */
    static double step(double span, int steps) {
        double power = Math.pow(10, Math.floor(Math.log10(span / steps)));
        return DoubleStream.of(ROUND)
                .map(round -> round * power)
                .filter(step -> span / step <= steps + HAIR)
                .findFirst()
                .orElseThrow();
    }

    /** The same with powers of two. */
    static double binaryStep(double span, int steps) {
        return Math.pow(2, Math.ceil(Math.log(span / steps) / Math.log(2) - HAIR));
    }

    /** The same with what a clock shows: 5 seconds, a quarter of an hour, weeks. */
    static double timeStep(double spanSeconds, int steps) {
        double longest = TIMES[TIMES.length - 1];
        return DoubleStream.of(TIMES)
                .filter(step -> spanSeconds / step <= steps + HAIR)
                .findFirst()
                .orElse(longest * Math.ceil(spanSeconds / steps / longest));
    }

    /** Multiples of a step, both ends included. */
    static List<Double> multiples(double from, double to, double step) {
        long first = (long) Math.ceil(from / step - HAIR);
        long last = (long) Math.floor(to / step + HAIR);
        return LongStream.rangeClosed(first, last).mapToObj(i -> i * step).toList();
    }

    /** Powers of ten. Both ends are powers of ten. */
    static List<Double> powers(double from, double to) {
        return IntStream.rangeClosed((int) Math.round(Math.log10(from)), (int) Math.round(Math.log10(to)))
                .mapToObj(power -> Math.pow(10, power))
                .toList();
    }
}
