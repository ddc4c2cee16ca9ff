package dev.sluice.loadtest.plan.virtual;

import java.util.ArrayDeque;

/**
 * Lanes that wait for one gate which thousands of them share. In the engine each asks again when the gate should open and most are refused again; who gets through
 * is whoever asks first. Here they stand in line, so that a refusal costs one question and not thousands.
 */
final class GateLine {
    private final VirtualTime time;
    private final ArrayDeque<VirtualLane> waiting = new ArrayDeque<>();
    private boolean refused;
    private boolean planned;

    GateLine(VirtualTime time) {
        this.time = time;
    }

    /** The gate refused a lane until then. */
    void refused(VirtualLane lane, long waitMillis) {
        waiting.addLast(lane);
        refused = true;
        if (!planned) {
            planned = true;
            time.at(time.nowMicros() + waitMillis * 1_000, this::open);
        }
    }

    private void open() {
        planned = false;
        refused = false;
        for (int i = waiting.size(); i > 0 && !refused; i--) {
            waiting.pollFirst().goOn();
        }
    }
}
