package dev.sluice.engine.model;

/** How urgent a submission is. A lane serves a class only when the classes above it have nothing that may go. */
public enum PriorityClass {
    /** Goes first, ignores quiet hours. */
    CRITICAL,
    /** One person waits for it: codes, approvals, confirmations. May use the reserve. */
    TRANSACTIONAL,
    /** Everything else; never eats the reserve of the classes above. */
    BULK;

    private static final PriorityClass[] BY_CODE = values();

    /** The number that the database keeps: 0 is the most urgent. */
    public short code() {
        return (short) ordinal();
    }

    /** The class of a stored number; fails on one that was never written. */
    public static PriorityClass ofCode(int code) {
        return BY_CODE[code];
    }
}
