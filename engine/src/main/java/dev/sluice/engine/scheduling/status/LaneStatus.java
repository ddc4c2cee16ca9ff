package dev.sluice.engine.scheduling.status;

import io.vertx.core.json.JsonObject;
import java.time.Instant;

/**
 * What the owner of a lane last said about it: which gate holds it, and until when. A snapshot of at most a few seconds' age, published through Redis.
 *
 * @param channelId whose lane
 * @param node the owner's name
 * @param bindingGate what holds it now: a gate's label, {@code tenant paused}, {@code channel paused}, {@code quiet hours}, {@code midnight}, {@code circuit},
 *     {@code month budget} and the like, or "" when nothing does
 * @param reason one sentence for people
 * @param notBefore when that gate opens, null when nothing is known or nothing holds
 * @param waitingLoaded deliveries in the owner's memory that may go
 * @param callsInFlight calls without an answer yet
 * @param at when it was said
 */
public record LaneStatus(
        long channelId,
        String node,
        String bindingGate,
        String reason,
        Instant notBefore,
        int waitingLoaded,
        int callsInFlight,
        Instant at) {

    /** The form in which it travels. */
    public JsonObject toJson() {
        return new JsonObject()
                .put("channelId", channelId)
                .put("node", node)
                .put("bindingGate", bindingGate)
                .put("reason", reason)
                .put("notBefore", notBefore)
                .put("waitingLoaded", waitingLoaded)
                .put("callsInFlight", callsInFlight)
                .put("at", at);
    }

    /** Reads that form. */
    public static LaneStatus ofJson(JsonObject json) {
        return new LaneStatus(
                json.getLong("channelId"),
                json.getString("node"),
                json.getString("bindingGate"),
                json.getString("reason"),
                json.getInstant("notBefore"),
                json.getInteger("waitingLoaded"),
                json.getInteger("callsInFlight"),
                json.getInstant("at"));
    }
}
