package dev.sluice.loadtest.client;

import dev.sluice.engine.model.DeliveryState;
import io.vertx.core.json.JsonObject;
import java.util.EnumMap;
import java.util.Map;

/** Counts by state as the send API gives them. */
public final class States {
    private States() {}

    /** Reads them; in flight counts as waiting. */
    public static Map<DeliveryState, Long> of(JsonObject counts) {
        Map<DeliveryState, Long> states = new EnumMap<>(DeliveryState.class);
        for (DeliveryState state : DeliveryState.values()) {
            states.put(state, counts.getLong(name(state), 0L));
        }
        states.merge(DeliveryState.WAITING, counts.getLong("inFlight", 0L), Long::sum);
        return states;
    }

    private static String name(DeliveryState state) {
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
