package dev.sluice.loadtest.evidence;

import dev.sluice.engine.model.PriorityClass;
import dev.sluice.simulator.ledger.ContentHash;
import dev.sluice.simulator.limit.LongCounts;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Locale;

/**
 * One number for a submission, from what its client asked for or from its rows: the same where channel, class, deadline, content and people are the same, the people in any
 * order. A count does not tell a person who stands there twice from one who was left out.
 */
public final class Fingerprint {
    private Fingerprint() {}

    /** Of a person, empty for the group of a webhook; those of several are added up. */
    public static long person(String recipient) {
        return ContentHash.of(recipient);
    }

    /**
     * Of a request.
     *
     * @param body with {@code priority}, and with {@code deliverBy} where it has one
     * @param channelId of the channel that it names
     * @param people their numbers, added up
     */
    public static long ofRequest(JsonObject body, long channelId, long contentHash, long people) {
        PriorityClass priority =
                PriorityClass.valueOf(body.getString("priority").toUpperCase(Locale.ROOT));
        return of(channelId, priority, body.getInstant("deliverBy"), contentHash, people);
    }

    /**
     * Of a submission's parts.
     *
     * @param deliverBy null for none
     * @param people their numbers, added up
     */
    static long of(long channelId, PriorityClass priority, Instant deliverBy, long contentHash, long people) {
        long lane = LongCounts.key(channelId, priority.code());
        long until = deliverBy == null ? 0 : deliverBy.toEpochMilli();
        return LongCounts.key(LongCounts.key(lane, until), LongCounts.key(contentHash, people));
    }
}
