package dev.sluice.engine.model;

/**
 * Where one delivery is. In flight is not stored: it is a {@link #WAITING} delivery that an open call names, so that claiming costs no write.
 *
 * <pre>
 * WAITING ──> SENT ──receipt──> DELIVERED | FAILED
 *    │  └───> IN_DOUBT ──evidence or a person──> SENT | DELIVERED | WAITING | FAILED
 *    └──────> FAILED | SUPPRESSED | EXPIRED | CANCELLED
 * </pre>
 */
public enum DeliveryState {
    /** Accepted, and nothing final happened. */
    WAITING,
    /** The platform took it. */
    SENT,
    /** A receipt says that the person has it. */
    DELIVERED,
    /** It will not arrive; the disposition says why. */
    FAILED,
    /** Not sent on purpose: it would have been dropped, or should not go. */
    SUPPRESSED,
    /** Its deliverBy passed before a gate let it go. */
    EXPIRED,
    /** Its submission was cancelled before it went. */
    CANCELLED,
    /** A call left and no answer came: it may or may not have arrived. */
    IN_DOUBT;

    private static final DeliveryState[] BY_CODE = values();

    /** The number that the database keeps. */
    public short code() {
        return (short) ordinal();
    }

    /** The state of a stored number; fails on one that was never written. */
    public static DeliveryState ofCode(int code) {
        return BY_CODE[code];
    }

    /** Whether it waits no more. A receipt may still change what was sent, and evidence what is in doubt. */
    public boolean settled() {
        return this != WAITING;
    }
}
