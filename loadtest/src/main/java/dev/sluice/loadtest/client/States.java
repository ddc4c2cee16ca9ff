package dev.sluice.loadtest.client;

import dev.sluice.engine.model.DeliveryState;
import io.vertx.core.json.JsonObject;
import java.util.EnumMap;
import java.util.Map;

/** Counts by state as the send API gives them. */
public final class States {
    private States() {}

    /** Reads the {@code counts} of an answer; in flight counts as waiting. */
    public static Map<DeliveryState, Long> in(JsonObject answer) {
        JsonObject counts = Promised.object(answer, "counts");
        Map<DeliveryState, Long> states = new EnumMap<>(DeliveryState.class);
        for (DeliveryState state : DeliveryState.values()) {
            states.put(state, count(counts, name(state)));
        }
        states.merge(DeliveryState.WAITING, count(counts, "inFlight"), Long::sum);
        return states;
    }

    private static long count(JsonObject counts, String name) {
        return counts.containsKey(name) ? Promised.count(counts, name) : 0;
    }

    /** What the send API calls a state. */
    public static String name(DeliveryState state) {
        return switch (state) {
            case WAITING -> "waiting";
            case SENT -> "sent";
            case DELIVERED -> "delivered";
            case FAILED -> "failed";
            case SUPPRESSED -> "suppressed";
            case EXPIRED -> "expired";
            case CANCELLED -> "cancelled";
            case IN_DOUBT -> "inDoubt";
        };
    }
}
