package dev.sluice.loadtest.load.judging;

import dev.sluice.engine.model.PriorityClass;
import dev.sluice.loadtest.evidence.Overtakings;
import dev.sluice.loadtest.load.sending.Sent;
import dev.sluice.loadtest.verdict.LoadReading;
import dev.sluice.simulator.clock.PlatformClock;

/** Whether single sends that are more urgent than bulk went before it. Not thread-safe. */
final class Urgency {
    /** From its time on a request takes so long at most until its lane knows of it, on a machine that is busy with everything else. */
    private static final long KNOWN_NANOS = 15_000_000_000L;

    private final long offsetNanos;
    private long asked;
    private long overtaken;

    /**
     * @param clock of the platform
     */
    Urgency(PlatformClock clock) {
        this.offsetNanos = clock.nanos() - System.nanoTime();
    }

    /**
     * Looks at one, if its content tells which it is.
     *
     * @param overtakings of its organisation
     * @param qps calls a second: so many may have been granted already
     */
    void add(Sent single, Overtakings overtakings, long qps) {
        if (single.traceable() && single.load().priority() != PriorityClass.BULK) {
            asked++;
            long since = single.dueNanos() + offsetNanos + KNOWN_NANOS;
            overtaken += overtakings.before(single.contentHash(), since) > qps ? 1 : 0;
        }
    }

    LoadReading.Urgent reading() {
        return new LoadReading.Urgent(asked, overtaken);
    }
}
