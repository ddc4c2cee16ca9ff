package dev.sluice.engine.scheduling;

/** For how long the platform is asked nothing about a lane's calls: sends have limits of their own. Of the monotonic clock; confined to the lane's event loop. */
final class QueryPause {
    private long untilMillis;

    QueryPause(long nowMillis) {
        this.untilMillis = nowMillis;
    }

    /** The platform wants no question for so long. A pause that lasts longer stays. */
    void extend(long waitMillis, long nowMillis) {
        untilMillis = Math.max(untilMillis, nowMillis + waitMillis);
    }

    /** What is left of it; not positive for nothing. */
    long leftMillis(long nowMillis) {
        return untilMillis - nowMillis;
    }
}
