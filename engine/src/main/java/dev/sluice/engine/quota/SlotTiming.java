package dev.sluice.engine.quota;

/**
 * The times on which the proof of the slots rests. A slot is granted up to the lead before it is free, so that the call is durable when it is. A call leaves at
 * most the grant age after its slots were free, its sender gives up at the deadline, and no request reaches the platform later than the lateness after that:
 * so whatever a call does, it arrived before these four are over.
 *
 * @param grantAgeMillis oldest grant on which a call may leave; half of it abandons calls on a busy machine, double makes every rebuild wait longer
 * @param deadlineMillis how long a call may take
 * @param latenessMillis how long after its deadline a call may still arrive at the platform; this is assumed, not known
 */
public record SlotTiming(long grantAgeMillis, long deadlineMillis, long latenessMillis) {
    /** Longer than an intent takes to become durable. Half leaves slots unused behind a slow disk, double lets urgent work that comes meanwhile wait longer. */
    public static final long LEAD_MILLIS = 40;

    /** Covers the resolution of the clocks. */
    private static final long MARGIN_MICROS = 1_000;

    /** A clock that is being slewed runs wrong by at most 500 millionths (the limit of adjtime, ntpd and chrony's default order). */
    private static final long SLEW_DIVISOR = 2_000;

    public SlotTiming {
        if (grantAgeMillis < 1 || deadlineMillis < 1 || latenessMillis < 0) {
            throw new IllegalArgumentException("grant age and deadline must be at least 1 ms, lateness at least 0");
        }
    }

    /** How long after an answer a slot stays taken: the window and a hair. */
    public long windowMicros(SlotGate gate) {
        long window = gate.windowMillis() * 1_000;
        return window + window / SLEW_DIVISOR + MARGIN_MICROS;
    }

    /** How long after its grant a slot stays taken when no answer comes. */
    public long holdMicros(SlotGate gate) {
        return arrivedMillis() * 1_000 + windowMicros(gate);
    }

    /** How long after it asked a call leaves at the latest. */
    public long leftMillis() {
        return LEAD_MILLIS + grantAgeMillis;
    }

    /** How long after it asked the sender of a call has its answer or gives up. */
    public long underWayMillis() {
        return leftMillis() + deadlineMillis;
    }

    /** How long after it asked a call has reached the platform, or never will. */
    public long arrivedMillis() {
        return underWayMillis() + latenessMillis;
    }
}
