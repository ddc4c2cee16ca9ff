package dev.sluice.engine.scheduling.lease;

import dev.sluice.engine.time.EngineClock;
import java.util.UUID;

/**
 * This process' right to act: everything that a node owns hangs on it. Renewed in the background; once it may have run out, nothing of the node may call a
 * platform any more. Judged on both clocks, so that neither a frozen process nor a suspended machine is fooled. Thread-safe.
 */
public final class NodeLease {
    private final UUID incarnation;
    private final int slot;
    private final long leaseMillis;
    private final EngineClock clock;
    private volatile Valid valid;

    private record Valid(long untilNanos, long untilMillis) {}

    /**
     * @param incarnation this process
     * @param slot its part in ids
     * @param leaseMillis how long a renewal lasts
     * @param askedAtNanos monotonic time at which the first lease was asked for
     */
    public NodeLease(UUID incarnation, int slot, long leaseMillis, long askedAtNanos, EngineClock clock) {
        this.incarnation = incarnation;
        this.slot = slot;
        this.leaseMillis = leaseMillis;
        this.clock = clock;
        renewed(askedAtNanos, clock.millis());
    }

    /** This process, as the tables know it. */
    public UUID incarnation() {
        return incarnation;
    }

    /** The node's part in ids. */
    public int slot() {
        return slot;
    }

    /** A renewal that was asked for at these times succeeded. One thread; what was asked for before another that succeeded says nothing more. */
    public void renewed(long askedAtNanos, long askedAtMillis) {
        Valid next = new Valid(askedAtNanos + leaseMillis * 1_000_000, askedAtMillis + leaseMillis);
        if (valid == null || next.untilNanos() - valid.untilNanos() > 0) {
            valid = next;
        }
    }

    /** The database says that the lease is gone. */
    public void lost() {
        valid = new Valid(clock.nanoTime(), clock.millis());
    }

    /** Whether the lease surely holds for this much longer. */
    public boolean holdsFor(long millis) {
        Valid now = valid;
        return now.untilNanos() - clock.nanoTime() > millis * 1_000_000 && now.untilMillis() - clock.millis() > millis;
    }
}
