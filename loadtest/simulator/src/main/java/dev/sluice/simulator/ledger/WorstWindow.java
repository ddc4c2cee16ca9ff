package dev.sluice.simulator.ledger;

import dev.sluice.simulator.limit.SlidingWindow;

/** The largest sum that any window of one width ever held. Times must not run backwards. */
public final class WorstWindow {
    private final SlidingWindow window;
    private long worst;

    /**
     * @param width in the unit of the times
     */
    public WorstWindow(long width) {
        this.window = new SlidingWindow(width);
    }

    /** Something at a time. */
    public void add(long time, int weight) {
        window.add(time, weight);
        worst = Math.max(worst, window.used(time));
    }

    /** The largest sum so far. */
    public long worst() {
        return worst;
    }
}
