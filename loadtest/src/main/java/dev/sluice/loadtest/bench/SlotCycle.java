package dev.sluice.loadtest.bench;

import java.util.List;

/**
 * How long a limit's slots took from one use to the next, seen by the platform: of Q slots, call i + Q waits for one that a call up to i gave back. What the proof
 * allows is Q calls in every window plus round trip, so the mean over all such pairs compares with it without a loss at the ends of the run.
 *
 * @param meanSeconds from call i to call i + Q
 * @param pairs how many such pairs were seen
 */
record SlotCycle(double meanSeconds, int pairs) {
    /**
     * Reads it from a run in which the limit held all the time.
     *
     * @param arrivalsNanos when calls arrived, in that order
     * @param slots calls that the limit lets go in a window
     */
    static SlotCycle of(List<Long> arrivalsNanos, int slots) {
        int pairs = arrivalsNanos.size() - slots;
        if (pairs < slots) {
            throw new IllegalArgumentException(
                    "%d calls are less than two rounds of %d slots".formatted(arrivalsNanos.size(), slots));
        }
        double sumNanos = 0;
        for (int i = 0; i < pairs; i++) {
            sumNanos += arrivalsNanos.get(i + slots) - arrivalsNanos.get(i);
        }
        return new SlotCycle(sumNanos / pairs / 1e9, pairs);
    }

    /** Percent of what would be used if every slot were taken again the moment it may be. */
    double usePercent(double windowSeconds, double roundTripSeconds) {
        return 100 * (windowSeconds + roundTripSeconds) / meanSeconds;
    }
}
