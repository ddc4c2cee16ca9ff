package dev.sluice.loadtest.evidence;

import dev.sluice.engine.model.Disposition;
import dev.sluice.loadtest.verdict.Snapshot;
import java.util.Set;

/** Counts people whom the platform took and showed nothing, and what their deliveries say of it. Not thread-safe. */
public final class SilentDrops {
    private static final Set<Disposition> PREDICTED =
            Set.of(Disposition.SAME_CONTENT_TODAY, Disposition.PERSON_DAY_LIMIT);

    private long predicted;
    private long detected;
    private long missed;
    private long caused;

    /** Looks at a delivery. */
    public void add(Books.Delivery delivery, PlatformTally tally) {
        switch (delivery.state()) {
            case SUPPRESSED -> predicted += PREDICTED.contains(delivery.disposition()) ? 1 : 0;
            case FAILED -> detected += tally.isDropped(delivery.recipient(), delivery.contentHash()) ? 1 : 0;
            case SENT, DELIVERED -> missed += tally.arrived(delivery.recipient(), delivery.contentHash()) ? 0 : 1;
            case WAITING, EXPIRED, CANCELLED, IN_DOUBT -> {}
        }
    }

    /** Adds people who were dropped since we passed a limit. */
    public void addCaused(long people) {
        caused += people;
    }

    /** All so far. */
    public Snapshot.Drops counted() {
        return new Snapshot.Drops(predicted, detected, missed, caused);
    }
}
