package dev.sluice.loadtest.scenario;

/**
 * When the requests of a load are due, in seconds from the start of the run. A campaign happens once: it has a beginning and no rate.
 *
 * @param fromSeconds when it begins
 * @param untilSeconds when it ends; of a campaign the same as {@code fromSeconds}
 * @param perSecond requests of the whole group; 0 of a campaign
 * @param arrivals how they are spread
 * @param rampSeconds the rate grows evenly from 0 for so long
 */
public record Timing(double fromSeconds, double untilSeconds, double perSecond, Arrivals arrivals, double rampSeconds) {
    /**
     * When so many requests are due, evenly spread; {@link Double#POSITIVE_INFINITY} when so many never are. A rate that grows evenly from 0 has had
     * {@code rate / (2 ramp) * t²} arrivals after t.
     */
    public double secondsOf(double requests) {
        double inRamp = perSecond * rampSeconds / 2;
        double seconds = requests < inRamp
                ? Math.sqrt(2 * requests * rampSeconds / perSecond)
                : rampSeconds + (requests - inRamp) / perSecond;
        return fromSeconds + seconds < untilSeconds ? fromSeconds + seconds : Double.POSITIVE_INFINITY;
    }

    /** The same from 0 on at an even rate for so long. */
    Timing steady(double newPerSecond, double seconds) {
        return new Timing(0, seconds, newPerSecond, arrivals, 0);
    }

    /** The same at another rate. */
    Timing scaled(double scale) {
        return new Timing(fromSeconds, untilSeconds, perSecond * scale, arrivals, rampSeconds);
    }
}
