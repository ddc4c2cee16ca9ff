package dev.sluice.simulator.ledger;

/** What became of one recipient of an accepted call. */
public enum Verdict {
    SHOWN("0"),
    /** No such person. */
    INVALID("invalid"),
    /** Outside the app's scope; a result lists it among the invalid ones. */
    OUT_OF_SCOPE("invalid"),
    SUPER_EXECUTIVE("1430004"),
    PROHIBITED("1430002"),
    SAME_CONTENT("143106"),
    DAILY_COUNT("143105"),
    MINUTE_OF_APP("143103"),
    MINUTE_OF_CORP("143104"),
    /** Beyond the recipients of one call; no code is published. */
    BEYOND_CALL("overCall"),
    /** A to_all_user beyond the daily number; no code is published. */
    TO_ALL_COUNT("toAll"),
    /** A robot's flow control. */
    FLOW_CONTROL("flowControl");

    private static final Verdict[] VALUES = values();
    private final String code;

    Verdict(String code) {
        this.code = code;
    }

    /** The platform's code (gets-the-result-of-sending-messages-asynchronously-..., 2026-07-13), or a word without one. */
    public String code() {
        return code;
    }

    /** Whether a notice result shows the recipient in {@code forbidden_list}. */
    public boolean isForbidden() {
        return code.startsWith("143");
    }

    static Verdict of(byte ordinal) {
        return VALUES[ordinal];
    }
}
