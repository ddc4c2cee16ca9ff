package dev.sluice.loadtest.evidence;

import dev.sluice.engine.model.DeliveryState;
import dev.sluice.engine.model.Disposition;
import dev.sluice.loadtest.evidence.PlatformTally.Showing;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Whether those who got nothing are without it for a cause that holds: what the platform did, a deadline, a cancel, or that they stand twice in a submission. */
public final class Causes {
    /** Of a call that is refused as a whole the platform's ledger names nobody. */
    private static final Set<Disposition> OF_WHOLE_CALLS = EnumSet.of(
            Disposition.INVALID_CONTENT,
            Disposition.PROHIBITED_CONTENT,
            Disposition.REFUSED_OTHERWISE,
            Disposition.ATTEMPTS_EXHAUSTED);

    private final PlatformTally tally;
    private final long messagesPerDay;
    private final Set<Long> cancelled;
    /** Whose call may have reached the platform, or still will. */
    private final Set<Showing> open;

    /** Contents that somebody was in calls for, or may be, of those who are held since that are as many as a day allows. */
    private final Map<String, Long> messages;
    /** Where somebody stands who stands there again. */
    private final Set<Place> first;

    /** Somebody in a submission. */
    private record Place(long submissionId, String recipient) {}

    private Causes(List<Books.Delivery> deliveries, PlatformTally tally, long messagesPerDay, Set<Long> cancelled) {
        this.tally = tally;
        this.messagesPerDay = messagesPerDay;
        this.cancelled = cancelled;
        this.open = those(deliveries, Causes::isOpen, Causes::showing);
        this.messages = messages(those(deliveries, held(Disposition.PERSON_DAY_LIMIT), Books.Delivery::recipient));
        Predicate<Books.Delivery> duplicate = held(Disposition.DUPLICATE_IN_SUBMISSION);
        Set<Place> twice = those(deliveries, duplicate, Causes::place);
        this.first =
                those(deliveries, duplicate.negate().and(delivery -> twice.contains(place(delivery))), Causes::place);
    }

    /**
     * How many of an organisation got nothing without one.
     *
     * @param deliveries all of its tenant
     * @param tally what the platform did there
     * @param messagesPerDay of the platform, to one person
     * @param cancelled submissions that somebody asked to cancel
     */
    public static long without(
            List<Books.Delivery> deliveries, PlatformTally tally, long messagesPerDay, Set<Long> cancelled) {
        Causes causes = new Causes(deliveries, tally, messagesPerDay, cancelled);
        return deliveries.stream().filter(delivery -> !causes.hold(delivery)).count();
    }

    private boolean hold(Books.Delivery delivery) {
        return switch (delivery.state()) {
            case WAITING, SENT, DELIVERED, IN_DOUBT -> true;
            case SUPPRESSED -> isHeldRightly(delivery);
            case FAILED -> tally.isTaken(delivery.recipient(), delivery.contentHash()) || isOfRefusedCall(delivery);
            case EXPIRED -> delivery.late();
            case CANCELLED -> cancelled.contains(delivery.submissionId());
        };
    }

    private boolean isHeldRightly(Books.Delivery delivery) {
        if (held(Disposition.SAME_CONTENT_TODAY).test(delivery)) {
            return tally.isTaken(delivery.recipient(), delivery.contentHash()) || open.contains(showing(delivery));
        }
        if (held(Disposition.PERSON_DAY_LIMIT).test(delivery)) {
            return messages.getOrDefault(delivery.recipient(), 0L) >= messagesPerDay;
        }
        return held(Disposition.DUPLICATE_IN_SUBMISSION).test(delivery) && first.contains(place(delivery));
    }

    private boolean isOfRefusedCall(Books.Delivery delivery) {
        return OF_WHOLE_CALLS.contains(delivery.disposition()) && tally.refusedSends() > 0;
    }

    private Map<String, Long> messages(Set<String> people) {
        return Stream.concat(open.stream(), tally.taken().stream())
                .filter(one -> people.contains(one.userid()))
                .distinct()
                .collect(Collectors.groupingBy(Showing::userid, Collectors.counting()));
    }

    private static boolean isOpen(Books.Delivery delivery) {
        return delivery.state() == DeliveryState.WAITING || delivery.state() == DeliveryState.IN_DOUBT;
    }

    private static Predicate<Books.Delivery> held(Disposition disposition) {
        return delivery -> delivery.state() == DeliveryState.SUPPRESSED && delivery.disposition() == disposition;
    }

    private static Showing showing(Books.Delivery delivery) {
        return new Showing(delivery.recipient(), delivery.contentHash());
    }

    private static Place place(Books.Delivery delivery) {
        return new Place(delivery.submissionId(), delivery.recipient());
    }

    private static <T> Set<T> those(
            List<Books.Delivery> deliveries, Predicate<Books.Delivery> which, Function<Books.Delivery, T> what) {
        return deliveries.stream().filter(which).map(what).collect(Collectors.toSet());
    }
}
