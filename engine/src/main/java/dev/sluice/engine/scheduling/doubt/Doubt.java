package dev.sluice.engine.scheduling.doubt;

import dev.sluice.engine.recovery.DoubtfulCall;

/** A doubtful call and how far its resolution has come. Times are of a clock that only grows. Confined to its lane's event loop. */
public final class Doubt {
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

    private final DoubtfulCall call;
    private int resends;
    private Phase phase = Phase.WAITING;
    private long dueAtMillis;

    /**
     * @param call what it is about
     * @param dueAtMillis when its first step comes
     */
    public Doubt(DoubtfulCall call, long dueAtMillis) {
        this.call = call;
        this.dueAtMillis = dueAtMillis;
    }

    /** What it is about. */
    public DoubtfulCall call() {
        return call;
    }

    /** Resends that count: each may have reached the platform, or was refused for itself. */
    public int resends() {
        return resends;
    }

    /** One more of them. */
    public void resent() {
        resends++;
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

    /** Something is written about it now. */
    public void start() {
        phase = Phase.BUSY;
    }

    /** It is sent again now. */
    public void startResend() {
        phase = Phase.RESENDING;
    }

    /** The next step comes then. */
    public void waitUntil(long millis) {
        phase = Phase.WAITING;
        dueAtMillis = millis;
    }

    /** The next step comes when the query of its resend says something, or will not say anything. */
    public void awaitReceipt() {
        phase = Phase.AWAITING_RECEIPT;
    }

    /** A query will not say it: that resend was for nothing, and the next step is the policy's. */
    public void noReceipt() {
        if (phase == Phase.AWAITING_RECEIPT) {
            phase = Phase.WAITING;
        }
        resends++;
    }
}
