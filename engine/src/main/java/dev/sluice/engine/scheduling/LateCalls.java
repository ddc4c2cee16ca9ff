package dev.sluice.engine.scheduling;

/**
 * For how long a lane rests when its calls are held back at the last moment: what made one late makes the next one late too, and each costs two writes. A stutter of the
 * process costs hardly anything; it doubles while no call leaves. Times are of a clock that only grows. Pure.
 */
final class LateCalls {
    private static final long FIRST_REST_MILLIS = 25;
    /** Half writes twice as many calls that never leave, double begins that much later when they may. */
    private static final long LONGEST_REST_MILLIS = 1_600;

    private long restMillis;
    private long restedMillis;

    /** @param nowMillis from here on */
    LateCalls(long nowMillis) {
        this.restedMillis = nowMillis;
    }

    /** A call was held back: how long to rest now; 0 for one that was under way with another, which says nothing more. */
    long heldBack(long nowMillis) {
        if (nowMillis < restedMillis) {
            return 0;
        }
        restMillis = restMillis == 0 ? FIRST_REST_MILLIS : Math.min(LONGEST_REST_MILLIS, 2 * restMillis);
        restedMillis = nowMillis + restMillis;
        return restMillis;
    }

    /** A call left. */
    void left() {
        restMillis = 0;
    }
}
