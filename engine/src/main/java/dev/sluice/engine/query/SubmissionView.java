package dev.sluice.engine.query;

import dev.sluice.engine.http.PublicId;
import dev.sluice.engine.model.IdSequence;
import dev.sluice.engine.model.PriorityClass;
import dev.sluice.engine.model.SubmissionState;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;

/**
 * A message or campaign as its tenant sees it.
 *
 * @param id ours
 * @param channelName through which channel
 * @param state its state
 * @param campaign what only campaigns have, null for a message
 * @param body everything, as JSON
 */
public record SubmissionView(
        long id, String channelName, SubmissionState state, CampaignPart campaign, JsonObject body) {
    /** Columns of the counters. */
    static final List<String> SETTLED =
            List.of("sent", "delivered", "failed", "suppressed", "expired", "cancelled", "in_doubt");

    /**
     * What only campaigns have.
     *
     * @param rowsReceived lines of the people file that are durable
     * @param sealed whether the file is closed
     */
    public record CampaignPart(int rowsReceived, boolean sealed) {}

    static SubmissionView of(Row row, Instant now) {
        long id = row.getLong("id");
        SubmissionState state = SubmissionState.ofCode(row.getShort("state"));
        boolean isCampaign = row.getString("campaign_name") != null;
        String publicId = isCampaign ? PublicId.campaign(id) : PublicId.message(id);
        JsonObject body = new JsonObject().put("id", publicId);
        if (isCampaign) {
            body.put("name", row.getString("campaign_name"));
        }
        body.put("state", stateName(state, row, isCampaign, now))
                .put("channel", row.getString("channel_name"))
                .put(
                        "priority",
                        PriorityClass.ofCode(row.getShort("priority")).name().toLowerCase(Locale.ROOT))
                .put("contentType", row.getString("content_type"))
                .put("contentHash", row.getUUID("content_hash").toString())
                .put("acceptedAt", IdSequence.instantOf(id).toString())
                .put("notBefore", text(row.getOffsetDateTime("not_before")))
                .put("deliverBy", text(row.getOffsetDateTime("deliver_by")))
                .put("finishedAt", text(row.getOffsetDateTime("finished_at")))
                .put("tags", tags(row))
                .put("counts", counts(row));
        CampaignPart campaign = null;
        if (isCampaign) {
            campaign = new CampaignPart(row.getInteger("rows_received"), row.getOffsetDateTime("sealed_at") != null);
            body.put("rowsReceived", campaign.rowsReceived)
                    .put("rowsRejected", row.getInteger("rows_rejected"))
                    .put("startedAt", text(row.getOffsetDateTime("sealed_at")))
                    .put("sentPerSecond", rate(row, now));
        }
        body.put("links", links(publicId, isCampaign));
        return new SubmissionView(id, row.getString("channel_name"), state, campaign, body);
    }

    /** A started campaign whose time has not come is scheduled; nothing else is stored for it. */
    private static String stateName(SubmissionState state, Row row, boolean isCampaign, Instant now) {
        OffsetDateTime notBefore = row.getOffsetDateTime("not_before");
        boolean later = notBefore != null && notBefore.toInstant().isAfter(now);
        return isCampaign && state == SubmissionState.RUNNING && later
                ? "scheduled"
                : state.name().toLowerCase(Locale.ROOT);
    }

    private static JsonObject counts(Row row) {
        int total = row.getInteger("total");
        int inFlight = row.getInteger("in_flight");
        int settled = 0;
        for (String name : SETTLED) {
            settled += row.getInteger(name);
        }
        JsonObject counts = new JsonObject()
                .put("total", total)
                .put("waiting", Math.max(0, total - settled - inFlight))
                .put("inFlight", Math.min(inFlight, total - settled));
        for (String name : SETTLED) {
            counts.put(countName(name), row.getInteger(name));
        }
        return counts;
    }

    /** What clients call a counter. */
    static String countName(String column) {
        return column.equals("in_doubt") ? "inDoubt" : column;
    }

    /** Mean rate of what went out, from the start to the end or to now. */
    private static Double rate(Row row, Instant now) {
        OffsetDateTime started = row.getOffsetDateTime("sealed_at");
        if (started == null) {
            return null;
        }
        OffsetDateTime finished = row.getOffsetDateTime("finished_at");
        long millis = (finished == null ? now : finished.toInstant()).toEpochMilli()
                - started.toInstant().toEpochMilli();
        long gone = row.getInteger("sent") + (long) row.getInteger("delivered");
        return Math.round(gone * 10_000.0 / Math.max(millis, 1_000)) / 10.0;
    }

    private static JsonObject links(String publicId, boolean isCampaign) {
        String self = (isCampaign ? "/v1/campaigns/" : "/v1/messages/") + publicId;
        JsonObject links = new JsonObject()
                .put("self", self)
                .put("deliveries", "/v1/messages/" + publicId + "/deliveries")
                .put("cancel", self + "/cancel");
        if (isCampaign) {
            for (String part : new String[] {"people", "rejects", "start", "pause", "resume"}) {
                links.put(part, self + "/" + part);
            }
        }
        return links;
    }

    private static JsonArray tags(Row row) {
        JsonArray tags = new JsonArray();
        String[] stored = row.getArrayOfStrings("tags");
        if (stored != null) {
            for (String tag : stored) {
                tags.add(tag);
            }
        }
        return tags;
    }

    static String text(OffsetDateTime at) {
        return at == null ? null : at.toInstant().toString();
    }
}
