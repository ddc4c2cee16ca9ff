package dev.sluice.loadtest.load.judging;

import dev.sluice.engine.model.DeliveryState;
import dev.sluice.loadtest.client.States;
import io.vertx.core.json.JsonObject;

/**
 * What the send API says of somebody who is settled.
 *
 * @param state in which they are
 * @param explanation why; empty where it does not say
 */
record SettledAnswer(String state, String explanation) {
    static SettledAnswer of(JsonObject delivery) {
        return new SettledAnswer(text(delivery, "state"), text(delivery, "explanation"));
    }

    private static String text(JsonObject delivery, String field) {
        return delivery.getValue(field) instanceof String text ? text : "";
    }

    /** Whether it is what the rows say, and says why where somebody got nothing or may have got nothing. */
    boolean tells(DeliveryState row) {
        boolean went = row == DeliveryState.SENT || row == DeliveryState.DELIVERED;
        return state.equals(States.name(row)) && (went || !explanation.isBlank());
    }
}
