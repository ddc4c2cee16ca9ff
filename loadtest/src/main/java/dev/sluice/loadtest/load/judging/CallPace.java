package dev.sluice.loadtest.load.judging;

/**
 * How fast the calls of one app may follow each other. Pure.
 *
 * @param qps calls a second
 * @param people most in a call
 * @param answerMillis of the platform: a slot is free again a second after it
 */
record CallPace(long qps, int people, int answerMillis) {
    private static final long SECOND_MILLIS = 1_000;
    private static final long MINUTE_MILLIS = 60_000;

    /** Whom it lets through in a minute. */
    long peopleAMinute() {
        return MINUTE_MILLIS * qps * people / (SECOND_MILLIS + answerMillis);
    }
}
