package dev.sluice.loadtest.plan.flow;

import dev.sluice.loadtest.scenario.Load;

/** A rate that grows evenly and then stays: when how many requests have arrived. Pure. */
record Rate(double fromSeconds, double perSecond, double rampSeconds, double untilSeconds) {
    static Rate of(Load load) {
        return new Rate(load.fromSeconds(), load.perSecond(), load.rampSeconds(), load.untilSeconds());
    }

    /** When so many have arrived, in seconds; {@link Double#POSITIVE_INFINITY} when so many never do. */
    double secondsOf(double requests) {
        double inRamp = perSecond * rampSeconds / 2;
        double seconds = requests < inRamp
                ? Math.sqrt(2 * requests * rampSeconds / perSecond)
                : rampSeconds + (requests - inRamp) / perSecond;
        return fromSeconds + seconds < untilSeconds ? fromSeconds + seconds : Double.POSITIVE_INFINITY;
    }
}
