package dev.sluice.engine.scheduling;

/** How often an instance asks who has work: each round, unless the answer takes so long that the question would never end. Times are of a clock that only grows. Pure. */
final class SharePace {
    /** The question takes no more than a twentieth of the time where thousands of apps have work, */
    private static final int RATIO = 20;
    /** and is asked this often even then: what a lost wake-up costs there, and what a dead node's apps wait after its lease. */
    private static final long MOST_MILLIS = 4_000;

    private long nextMillis = Long.MIN_VALUE;

    /** Whether it is time to ask. */
    boolean due(long nowMillis) {
        return nowMillis >= nextMillis;
    }

    /** It was asked then, and the answer took so long. */
    void answered(long askedAtMillis, long tookMillis) {
        nextMillis = askedAtMillis + Math.min(MOST_MILLIS, RATIO * tookMillis);
    }
}
