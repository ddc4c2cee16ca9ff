package dev.sluice.engine.scheduling;

import dev.sluice.engine.recovery.DoubtfulCall;

/** A doubtful call and how far its resolution has come. Confined to its lane's event loop. */
final class Doubt {
    /** What is going on. */
    enum Phase {
        /** Nothing before its time. */
        WAITING,
        /** Something is being written about it. */
        BUSY,
        /** Busy too: it takes slots. */
        RESENDING,
        /** Resent and accepted; the query of that resend will say the rest. */
        AWAITING_RECEIPT
    }

    final DoubtfulCall call;
    /** Resends that count: each may have reached the platform, or was refused for itself. */
    int resends;

    private Phase phase = Phase.WAITING;
    private long dueAtMillis;

    Doubt(DoubtfulCall call, long dueAtMillis) {
        this.call = call;
        this.dueAtMillis = dueAtMillis;
    }

    Phase phase() {
        return phase;
    }

    /** Whether it is time for its next step. */
    boolean due(long nowMillis) {
        return phase == Phase.WAITING && dueAtMillis <= nowMillis;
    }

    boolean busy() {
        return phase == Phase.BUSY || phase == Phase.RESENDING;
    }

    void start() {
        phase = Phase.BUSY;
    }

    void startResend() {
        phase = Phase.RESENDING;
    }

    /** The next step comes then. */
    void waitUntil(long millis) {
        phase = Phase.WAITING;
        dueAtMillis = millis;
    }

    /** The next step comes when the query of its resend says something, or will not say anything. */
    void awaitReceipt() {
        phase = Phase.AWAITING_RECEIPT;
    }

    /** A query will not say it: that resend was for nothing, and the next step is the policy's. */
    void noReceipt() {
        if (phase == Phase.AWAITING_RECEIPT) {
            phase = Phase.WAITING;
        }
        resends++;
    }
}
