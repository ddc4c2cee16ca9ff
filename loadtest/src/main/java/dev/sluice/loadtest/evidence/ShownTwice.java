package dev.sluice.loadtest.evidence;

import dev.sluice.loadtest.evidence.PlatformTally.Showing;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Counts people and groups that the platform showed a content more often than it was sent to them. A work notice is shown once a day however often it is asked
 * for; a robot says the same again whenever it is asked again, which is no repeat of ours. Not thread-safe.
 */
public final class ShownTwice {
    private long counted;

    /**
     * Looks at an organisation.
     *
     * @param deliveries all of its tenant
     * @param groups how the platform's ledger calls the group behind a webhook channel, by the channel's id
     * @param tally what the platform showed there
     */
    public void add(List<Books.Delivery> deliveries, Map<Long, String> groups, PlatformTally tally) {
        Map<Showing, Long> sent = new HashMap<>();
        deliveries.stream()
                .filter(ShownTwice::mayBeShown)
                .map(delivery -> new Showing(
                        groups.getOrDefault(delivery.channelId(), delivery.recipient()), delivery.contentHash()))
                .filter(tally.shownAgain()::containsKey)
                .forEach(showing -> sent.merge(showing, 1L, Long::sum));
        counted += tally.shownAgain().entrySet().stream()
                .filter(shown -> shown.getValue() > sent.getOrDefault(shown.getKey(), 0L))
                .count();
    }

    /** Whoever is in doubt may have it: their call left. */
    private static boolean mayBeShown(Books.Delivery delivery) {
        return switch (delivery.state()) {
            case SENT, DELIVERED, IN_DOUBT -> true;
            case WAITING, FAILED, SUPPRESSED, EXPIRED, CANCELLED -> false;
        };
    }

    /** All so far: each person or group once for each content. */
    public long counted() {
        return counted;
    }
}
