package dev.sluice.loadtest.load.arrivals;

import dev.sluice.loadtest.scenario.Arrivals;
import dev.sluice.loadtest.scenario.Timing;
import java.util.random.RandomGenerator;

/**
 * The intended starts of one load's requests, in order: spread evenly (or as a Poisson process of rate 1) over the expected count and mapped back to time. Not
 * thread-safe.
 */
public final class ArrivalTimes {
    private static final double NANOS = 1e9;

    private final Timing timing;
    private final RandomGenerator random;
    private double expected;
    private double nextSeconds;

    /**
     * @param timing with a rate
     */
    public ArrivalTimes(Timing timing, RandomGenerator random) {
        this.timing = timing;
        this.random = random;
        step();
    }

    /** When the next request is due, in nanoseconds since the start of the run; {@link Long#MAX_VALUE} when there is none. */
    public long nextNanos() {
        return nextSeconds == Double.POSITIVE_INFINITY ? Long.MAX_VALUE : (long) (nextSeconds * NANOS);
    }

    /** Goes on to the one after it. */
    public void advance() {
        step();
    }

    private void step() {
        boolean poisson = timing.arrivals() == Arrivals.POISSON;
        expected += poisson ? -Math.log(1 - random.nextDouble()) : 1;
        // Evenly spread arrivals begin at once, not one interval later.
        nextSeconds = timing.secondsOf(poisson ? expected : expected - 1);
    }
}
