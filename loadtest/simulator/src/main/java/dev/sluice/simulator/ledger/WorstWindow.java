package dev.sluice.simulator.ledger;

import dev.sluice.simulator.limit.SlidingWindow;

/** The largest sum that any window of one width ever held. Times must not run backwards. */
final class WorstWindow {
    private final SlidingWindow window;
    private long worst;

    WorstWindow(long width) {
        this.window = new SlidingWindow(width);
    }

    void add(long time, int weight) {
        window.add(time, weight);
        worst = Math.max(worst, window.used(time));
    }

    long worst() {
        return worst;
    }
}
