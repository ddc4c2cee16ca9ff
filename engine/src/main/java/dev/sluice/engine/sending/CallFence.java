package dev.sluice.engine.sending;

import dev.sluice.engine.channel.CallOutcome;
import dev.sluice.engine.quota.SlotPermit;
import dev.sluice.engine.scheduling.lease.NodeLease;
import dev.sluice.engine.time.EngineClock;
import java.util.Optional;

/**
 * The last word before a request leaves, in the same turn of the event loop as the write: a grant that grew old (a frozen process, a slow commit) is not used,
 * and nothing leaves whose answer might come after the node's lease. Thread-safe.
 */
public final class CallFence {
    static final String OLD_GRANT = "the grant is too old";
    private static final String LEASE_ENDS = "the node's lease may end before the answer";
    /** How the reason of a call begins that had no token to leave with. */
    static final String NO_TOKEN = "no access token: ";

    private final NodeLease lease;
    private final EngineClock clock;
    private final long grantAgeMillis;
    private final long callDeadlineMillis;

    /**
     * @param grantAgeMillis the oldest grant that may be used; restoring limiter state waits as long
     * @param callDeadlineMillis the longest that a call may take
     */
    public CallFence(NodeLease lease, EngineClock clock, long grantAgeMillis, long callDeadlineMillis) {
        this.lease = lease;
        this.clock = clock;
        this.grantAgeMillis = grantAgeMillis;
        this.callDeadlineMillis = callDeadlineMillis;
    }

    /** Why a call must not leave, "" when it may. */
    public String objection(Optional<SlotPermit> permit) {
        if (permit.isPresent() && permit.get().olderThan(grantAgeMillis, clock.nanoTime())) {
            return OLD_GRANT;
        }
        return lease.holdsFor(callDeadlineMillis) ? "" : LEASE_ENDS;
    }

    /** Whether a call that was not sent was held back here: that says nothing about the health of the host that it was for. */
    public static boolean heldBack(CallOutcome.NotSent notSent) {
        String reason = notSent.reason();
        return reason.equals(OLD_GRANT) || reason.equals(LEASE_ENDS) || reason.startsWith(NO_TOKEN);
    }
}
