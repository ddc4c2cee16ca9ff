package dev.sluice.engine.model;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Makes ids that are ordered by time and unique over all nodes: 41 bits of milliseconds since 2025-01-01 UTC, 8 bits of node slot, 14 bits of sequence. Ids
 * never go back, even when the clock does: then they run ahead of it. Thread-safe; {@code migration V002} has the same arithmetic in SQL.
 */
public final class IdSequence {
    private static final long EPOCH_MILLIS = 1_735_689_600_000L;
    private static final int SEQUENCE_BITS = 14;
    private static final int SLOT_BITS = 8;
    private static final int TIME_SHIFT = SEQUENCE_BITS + SLOT_BITS;

    private final LongSupplier wallMillis;
    private final long slotBits;
    /** Milliseconds and sequence of the newest id, without the slot between them. */
    private final AtomicLong newest = new AtomicLong();

    /**
     * @param wallMillis milliseconds since 1970
     * @param slot the node's slot, 0 to 255, held by nobody else while this lives
     */
    public IdSequence(LongSupplier wallMillis, int slot) {
        if (slot < 0 || slot >= 1 << SLOT_BITS) {
            throw new IllegalArgumentException("node slot must be 0 to 255, not " + slot);
        }
        this.wallMillis = wallMillis;
        this.slotBits = (long) slot << SEQUENCE_BITS;
    }

    /** The next id. */
    public long next() {
        long floor = (wallMillis.getAsLong() - EPOCH_MILLIS) << SEQUENCE_BITS;
        long ticket = newest.updateAndGet(last -> Math.max(last + 1, floor));
        long sequence = ticket & ((1 << SEQUENCE_BITS) - 1);
        return (ticket >>> SEQUENCE_BITS) << TIME_SHIFT | slotBits | sequence;
    }

    /** The smallest id that could have been made at an instant: a bound for range queries. Ids end in 2094; what is later stands for the last of them. */
    public static long floorAt(Instant instant) {
        long millis = instant.toEpochMilli() - EPOCH_MILLIS;
        return Math.clamp(millis, Long.MIN_VALUE >> TIME_SHIFT, Long.MAX_VALUE >> TIME_SHIFT) << TIME_SHIFT;
    }

    /** When an id was made, to the millisecond. */
    public static Instant instantOf(long id) {
        return Instant.ofEpochMilli((id >>> TIME_SHIFT) + EPOCH_MILLIS);
    }
}
