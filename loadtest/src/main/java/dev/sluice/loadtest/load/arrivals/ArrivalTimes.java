package dev.sluice.loadtest.load.arrivals;

import dev.sluice.loadtest.scenario.Arrivals;
import dev.sluice.loadtest.scenario.Load;
import java.util.random.RandomGenerator;

/**
 * The intended starts of one load's requests, in order. A rate that grows evenly from 0 has had {@code rate / (2 ramp) * t²} arrivals after t, so arrivals are
 * spread evenly (or as a Poisson process of rate 1) over the expected count and mapped back to time. Not thread-safe.
 */
public final class ArrivalTimes {
    private static final double NANOS = 1e9;

    private final Load load;
    private final RandomGenerator random;
    private double expected;
    private double nextSeconds;

    /**
     * @param load with a rate
     */
    public ArrivalTimes(Load load, RandomGenerator random) {
        this.load = load;
        this.random = random;
        step();
    }

    /** When the next request is due, in nanoseconds since the start of the run; {@link Long#MAX_VALUE} when there is none. */
    public long nextNanos() {
        return nextSeconds < load.untilSeconds() ? (long) (nextSeconds * NANOS) : Long.MAX_VALUE;
    }

    /** Goes on to the one after it. */
    public void advance() {
        step();
    }

    private void step() {
        boolean first = expected == 0;
        expected += load.arrivals() == Arrivals.POISSON ? -Math.log(1 - random.nextDouble()) : 1;
        // Evenly spread arrivals begin at once, not one interval later.
        double count = load.arrivals() == Arrivals.POISSON ? expected : expected - 1;
        nextSeconds = load.fromSeconds() + (first && count == 0 ? 0 : secondsUntil(count));
    }

    private double secondsUntil(double count) {
        double inRamp = load.perSecond() * load.rampSeconds() / 2;
        return count < inRamp
                ? Math.sqrt(2 * count * load.rampSeconds() / load.perSecond())
                : load.rampSeconds() + (count - inRamp) / load.perSecond();
    }
}
