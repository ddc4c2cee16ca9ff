package dev.sluice.engine.scheduling.queue;

import dev.sluice.engine.model.IdSequence;
import java.time.Instant;

/**
 * How far back a lane looks for open submissions when it is woken: to its last look at all of them. A look at all walks over whatever ended since the last vacuum.
 * Pure.
 */
public final class LookRange {
    /** By how much a submission may commonly be visible later than its id was made: commits wait for each other. */
    private static final long COMMIT_MILLIS = 1_000;

    private long allMillis;

    /** It looked at all that were open then. */
    public void lookedAtAll(long millis) {
        allMillis = millis;
    }

    /** How long ago that was. */
    public long millisSinceAll(long nowMillis) {
        return nowMillis - allMillis;
    }

    /** The smallest id of what came since. */
    public long sinceId() {
        return IdSequence.floorAt(Instant.ofEpochMilli(allMillis - COMMIT_MILLIS));
    }
}
