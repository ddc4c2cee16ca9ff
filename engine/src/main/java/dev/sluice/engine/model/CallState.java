package dev.sluice.engine.model;

import java.util.Locale;

/** What we concluded about one call. Stored by number. */
public enum CallState {
    /** The intent is durable; no answer is recorded. */
    OPEN,
    /** The platform took it (for some of its people perhaps not). */
    ACCEPTED,
    /** A rate limit answered; nothing was sent, nothing is charged. */
    THROTTLED,
    /** The month is used up; nothing was sent. */
    BUDGET_SPENT,
    /** Credentials or permissions; nothing was sent. */
    UNAUTHORISED,
    /** The content or the people as a whole were refused; nothing was sent. */
    REFUSED,
    /** The platform had a fault and says so; nothing was sent. */
    TEMPORARY,
    /** It left and no answer tells what happened: doubt to be resolved. */
    UNKNOWN,
    /** Proven not to have left this machine. */
    NOT_SENT,
    /** An unknown one whose doubt was resolved or handed to a person. */
    RESOLVED;

    private static final CallState[] BY_CODE = values();

    /** The number that the database keeps. */
    public short code() {
        return (short) ordinal();
    }

    /** The name used in the API and in metrics: lower case, hyphens. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The state of a stored number; fails on one that was never written. */
    public static CallState ofCode(int code) {
        return BY_CODE[code];
    }
}
