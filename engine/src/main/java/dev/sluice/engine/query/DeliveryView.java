package dev.sluice.engine.query;

import dev.sluice.engine.http.PublicId;
import dev.sluice.engine.model.DeliveryKey;
import dev.sluice.engine.model.DeliveryState;
import dev.sluice.engine.model.Disposition;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.util.Locale;

/**
 * A delivery as its tenant sees it.
 *
 * @param key which
 * @param body everything, as JSON
 */
record DeliveryView(DeliveryKey key, JsonObject body) {
    /** One of a list whose statement says of each whether it is a campaign's. */
    static DeliveryView of(Row row) {
        return of(row, row.getBoolean("of_campaign"));
    }

    /** Its submission goes by the id that the tenant was given for it. */
    static DeliveryView of(Row row, boolean ofCampaign) {
        long submissionId = row.getLong("submission_id");
        int ordinal = row.getInteger("ordinal");
        DeliveryState state = DeliveryState.ofCode(row.getShort("state"));
        Disposition disposition = Disposition.ofCode(row.getShort("disposition"));
        JsonObject body = new JsonObject()
                .put("id", PublicId.delivery(submissionId, ordinal))
                .put("message", ofCampaign ? PublicId.campaign(submissionId) : PublicId.message(submissionId))
                .put("recipient", row.getString("recipient"))
                .put("state", stateName(state))
                .put("attempts", row.getShort("attempts").intValue())
                .put("settledAt", SubmissionView.text(row.getOffsetDateTime("settled_at")));
        if (disposition != null) {
            body.put("disposition", disposition.wireName()).put("explanation", disposition.explanation());
        }
        return new DeliveryView(new DeliveryKey(submissionId, ordinal), body);
    }

    /** The same with what it waits for; null when it does not wait. */
    DeliveryView waitingFor(JsonObject held) {
        return held == null ? this : new DeliveryView(key, body.copy().put("waitingFor", held));
    }

    static String stateName(DeliveryState state) {
        return state == DeliveryState.IN_DOUBT ? "inDoubt" : state.name().toLowerCase(Locale.ROOT);
    }
}
