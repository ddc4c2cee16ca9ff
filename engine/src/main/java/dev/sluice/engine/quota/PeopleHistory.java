package dev.sluice.engine.quota;

import dev.sluice.engine.model.DeliveryKey;
import io.vertx.core.Future;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** What Postgres knows of who travelled on a day: the truth from which lost days are rebuilt. */
public interface PeopleHistory {
    /** Which of these days have calls that reached or may have reached somebody; most days that are asked for have none. */
    Future<Set<PeopleDay>> withCalls(List<PeopleDay> days);

    /**
     * Some of the people whom calls of the day reached or may have reached, in the order of the calls.
     *
     * @param afterCallId the last call of the page before, 0 for the first page
     */
    Future<Page> page(PeopleDay day, long afterCallId);

    /**
     * A page.
     *
     * @param lastCallId where the next page starts
     * @param complete whether there is no next page
     * @param journeys who travelled
     */
    record Page(long lastCallId, boolean complete, List<Journey> journeys) {
        public Page {
            journeys = List.copyOf(journeys);
        }
    }

    /**
     * One person's part in a call.
     *
     * @param recipient who
     * @param delivery for which delivery
     * @param contentHash of what they got
     */
    record Journey(String recipient, DeliveryKey delivery, UUID contentHash) {}
}
