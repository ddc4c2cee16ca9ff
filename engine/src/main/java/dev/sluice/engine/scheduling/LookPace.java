package dev.sluice.engine.scheduling;

import java.util.HashMap;
import java.util.Map;

/** When a lane looks into Postgres by itself: what a lost wake-up costs. Times are of a clock that only grows. Pure. */
final class LookPace {
    /** A lane with work in memory looks again for pauses and more urgent work at least this often, */
    private static final long LOOK_MILLIS = 10_000;
    /** but a node has at most a hundred such looks a second. */
    private static final long LOOK_MILLIS_BY_APP = 10;

    private final Map<Long, Long> lookedAtMillis = new HashMap<>();

    /**
     * Whether the lane of a channel should look.
     *
     * @param empty whether it has no work in memory: then it looks each time
     * @param apps how many apps the instance owns
     */
    boolean due(long channelId, boolean empty, int apps, long nowMillis) {
        long lookMillis = Math.max(LOOK_MILLIS, apps * LOOK_MILLIS_BY_APP);
        Long lookedAt = lookedAtMillis.get(channelId);
        return empty || lookedAt == null || nowMillis - lookedAt > lookMillis;
    }

    /** It looks now. */
    void looked(long channelId, long nowMillis) {
        lookedAtMillis.put(channelId, nowMillis);
    }
}
