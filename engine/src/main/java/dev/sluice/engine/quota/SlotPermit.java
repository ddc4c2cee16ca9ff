package dev.sluice.engine.quota;

import java.util.ArrayList;
import java.util.List;

/**
 * A granted right to make one call. Its slots may be free a little after the grant; that moment lies between two times of this node's monotonic clock.
 *
 * @param token unique; releases name it, so that a late one cannot free what was granted again
 * @param requests what was taken
 * @param grantedAtNanos not after that moment: from here the grant ages
 * @param notBeforeNanos not before that moment: the call must not leave earlier
 */
public record SlotPermit(String token, List<SlotRequest> requests, long grantedAtNanos, long notBeforeNanos) {
    public SlotPermit {
        requests = List.copyOf(requests);
    }

    /** Nothing taken yet. */
    static SlotPermit empty(String token, long nowNanos) {
        return new SlotPermit(token, List.of(), nowNanos, nowNanos);
    }

    /** With further slots, free so long after a moment that lies between the question and the answer. */
    SlotPermit and(List<SlotRequest> more, long delayNanos, long askedAtNanos, long answeredAtNanos) {
        List<SlotRequest> all = new ArrayList<>(requests);
        all.addAll(more);
        if (delayNanos == 0) {
            return new SlotPermit(token, all, grantedAtNanos, notBeforeNanos);
        }
        return new SlotPermit(
                token,
                all,
                later(grantedAtNanos, askedAtNanos + delayNanos),
                later(notBeforeNanos, answeredAtNanos + delayNanos));
    }

    /** For how long its call must wait yet, in whole milliseconds; 0 for one that may leave. */
    public long waitMillis(long nowNanos) {
        return Math.max(0, Math.ceilDiv(notBeforeNanos - nowNanos, 1_000_000L));
    }

    /** Whether it was granted longer ago than that: then its call must not leave. */
    public boolean olderThan(long ageMillis, long nowNanos) {
        return nowNanos - grantedAtNanos > ageMillis * 1_000_000;
    }

    private static long later(long oneNanos, long otherNanos) {
        return oneNanos - otherNanos > 0 ? oneNanos : otherNanos;
    }
}
