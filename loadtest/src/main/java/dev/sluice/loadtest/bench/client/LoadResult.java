package dev.sluice.loadtest.bench.client;

import org.HdrHistogram.Histogram;

/**
 * What a load came to.
 *
 * @param latencies nanoseconds from the intended start to the whole answer; of an open loop also those, to its end, of requests that were due and got none by then
 * @param refused answers other than 2xx
 * @param seconds how long it took
 */
public record LoadResult(Histogram latencies, long refused, double seconds) {
    /** Requests that were accepted; a load with refusals measures nothing. */
    public long accepted() {
        if (refused > 0) {
            throw new IllegalStateException(refused + " of " + latencies.getTotalCount() + " requests were refused");
        }
        return latencies.getTotalCount();
    }

    /** Accepted a second. */
    public double perSecond() {
        return accepted() / seconds;
    }

    /** A refusal is no acceptance, however fast it is. */
    public double millis(double percentile) {
        accepted();
        return latencies.getValueAtPercentile(percentile) / 1e6;
    }
}
