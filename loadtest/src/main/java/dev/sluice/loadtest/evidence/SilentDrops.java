package dev.sluice.loadtest.evidence;

import dev.sluice.engine.model.DeliveryState;
import dev.sluice.engine.model.Disposition;
import dev.sluice.engine.model.ReceiptPolicy;
import dev.sluice.loadtest.verdict.Snapshot;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Counts people whom the platform took and showed nothing, and what their deliveries say of it. Not thread-safe. */
public final class SilentDrops {
    private static final Set<Disposition> PREDICTED =
            Set.of(Disposition.SAME_CONTENT_TODAY, Disposition.PERSON_DAY_LIMIT);

    private long predicted;
    private long detected;
    private long missed;
    private long caused;
    private long causeless;
    private long unasked;
    private long known;
    private long missing;

    /**
     * Looks at an organisation.
     *
     * @param deliveries all of its tenant
     * @param groups how the platform's ledger calls the group behind a webhook channel, by the channel's id
     * @param receipts for which calls it has the platform asked
     * @return how many the platform dropped for who they are, in calls that it may not have been asked about
     */
    public long add(
            List<Books.Delivery> deliveries, Map<Long, String> groups, PlatformTally tally, ReceiptPolicy receipts) {
        long before = unasked;
        deliveries.forEach(delivery ->
                add(delivery, groups.getOrDefault(delivery.channelId(), delivery.recipient()), tally, receipts));
        return unasked - before;
    }

    private void add(Books.Delivery delivery, String recipient, PlatformTally tally, ReceiptPolicy receipts) {
        long content = delivery.contentHash();
        switch (delivery.state()) {
            case SUPPRESSED -> predicted += PREDICTED.contains(delivery.disposition()) ? 1 : 0;
            case FAILED -> detected += tally.isDropped(recipient, content) ? 1 : 0;
            case SENT -> {
                if (receipts != ReceiptPolicy.ALL && tally.isRefused(recipient, content)) {
                    unasked++;
                } else {
                    lookFor(recipient, content, tally);
                }
            }
            case DELIVERED -> lookFor(recipient, content, tally);
            case WAITING, EXPIRED, CANCELLED, IN_DOUBT -> {}
        }
    }

    private void lookFor(String recipient, long content, PlatformTally tally) {
        missed += tally.isShown(recipient, content) ? 0 : 1;
    }

    /** Looks at deliveries after whose calls the platform was to be asked, all of which is over. */
    public void addAsked(Stream<Books.Delivery> deliveries) {
        deliveries.forEach(delivery -> {
            known += delivery.state() == DeliveryState.DELIVERED ? 1 : 0;
            missing += delivery.state() == DeliveryState.SENT ? 1 : 0;
        });
    }

    /** Adds people who were dropped since we passed a limit. */
    public void addCaused(long people) {
        caused += people;
    }

    /** Adds people who got nothing for no cause that {@link Causes} knows. */
    public void addCauseless(long people) {
        causeless += people;
    }

    /** All so far. */
    public Snapshot.Drops counted() {
        return new Snapshot.Drops(
                predicted, detected, missed, caused, causeless, unasked, new Snapshot.Receipts(known, missing));
    }
}
