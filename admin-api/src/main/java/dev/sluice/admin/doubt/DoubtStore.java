package dev.sluice.admin.doubt;

import dev.sluice.admin.http.Page;
import dev.sluice.admin.http.Rows;
import dev.sluice.engine.http.ProblemException;
import dev.sluice.engine.http.ProblemType;
import dev.sluice.engine.http.PublicId;
import dev.sluice.engine.model.CallState;
import dev.sluice.engine.model.DeliveryState;
import dev.sluice.engine.model.Disposition;
import dev.sluice.engine.model.SubmissionState;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.List;

/** Deliveries in doubt, with the calls that left them there. */
final class DoubtStore {
    private static final String SUBMISSIONS = """
            SELECT id, channel_id, state, total, in_doubt, accepted_at,
              EXISTS (SELECT FROM campaign c WHERE c.tenant_id = s.tenant_id AND c.submission_id = s.id) AS of_campaign
            FROM submission s WHERE tenant_id = $1 AND in_doubt > 0 AND id > $2 ORDER BY id LIMIT $3
            """;

    private static final String SUBMISSION = "SELECT * FROM submission WHERE tenant_id = $1 AND id = $2";

    private static final String PEOPLE = """
            SELECT d.ordinal, d.recipient, d.attempts, d.settled_at, d.call_id, c.api, c.node, c.intent_at, c.platform_code, c.platform_text,
              c.state IS NOT DISTINCT FROM $7 AS resolving
            FROM delivery d LEFT JOIN call c ON c.tenant_id = d.tenant_id AND c.id = d.call_id
            WHERE d.tenant_id = $1 AND d.submission_id = $2 AND d.state = $3 AND d.ordinal > $4 AND d.ordinal <= $5
            ORDER BY d.ordinal LIMIT $6
            """;

    /**
     * Repeats its whole condition: whoever settled one of them meanwhile wins. Nobody waits again whose call a node is still finding out about: it may have sent it again
     * already, and two calls would go.
     */
    private static final String SETTLE = """
            UPDATE delivery SET state = $4::smallint, disposition = $5, not_before = NULL, settled_at = CASE WHEN $4::smallint = 0 THEN NULL ELSE now() END
            WHERE tenant_id = $1 AND submission_id = $2 AND ordinal = ANY ($3) AND state = $6
              AND NOT ($4::smallint = 0 AND EXISTS (SELECT FROM call c WHERE c.tenant_id = $1 AND c.id = delivery.call_id AND c.state = $7))
            """;

    private static final String COUNT_SETTLED = """
            UPDATE submission SET in_doubt = in_doubt - $3, sent = sent + $4, failed = failed + $5
            WHERE tenant_id = $1 AND id = $2 RETURNING channel_id
            """;

    /** Opens it again for people who wait once more; not one that its tenant ended. */
    private static final String COUNT_WAITING = """
            UPDATE submission SET in_doubt = in_doubt - $3, settled_below = least(settled_below, $4::integer),
              state = CASE state WHEN $5::smallint THEN $6::smallint ELSE state END, finished_at = NULL
            WHERE tenant_id = $1 AND id = $2 AND state <> ALL ($7::smallint[]) RETURNING channel_id
            """;

    /** One page looks at so many deliveries at most, doubtful or not. */
    private static final int LOOKED_AT = 200_000;

    private DoubtStore() {}

    static Future<JsonObject> submissions(SqlClient sql, long tenantId, Page page) {
        return sql.preparedQuery(SUBMISSIONS)
                .execute(Tuple.of(tenantId, page.afterId(0), page.fetched()))
                .map(rows -> page.reply(rows, DoubtStore::submission, row -> row.getLong("id")));
    }

    static Future<JsonObject> people(SqlClient sql, long tenantId, long submissionId, Page page) {
        long after = page.afterId(-1);
        return Rows.one(sql, SUBMISSION, Tuple.of(tenantId, submissionId), "submission of this tenant")
                .compose(submission -> sql.preparedQuery(PEOPLE)
                        .execute(Tuple.of(
                                tenantId,
                                submissionId,
                                DeliveryState.IN_DOUBT.code(),
                                after,
                                after + LOOKED_AT,
                                page.fetched(),
                                CallState.UNKNOWN.code()))
                        .map(rows -> page.reply(rows, DoubtStore::person, row -> row.getInteger("ordinal")))
                        .map(reply -> reply.containsKey("next") || after + LOOKED_AT >= submission.getInteger("total")
                                ? reply
                                : reply.put("next", String.valueOf(after + LOOKED_AT))));
    }

    /** How many of these were in doubt, for this decision to make, and are now as decided. */
    static Future<Integer> settle(
            SqlClient sql, long tenantId, long submissionId, List<Integer> ordinals, Decision decision) {
        Short disposition = decision == Decision.RESEND ? null : Disposition.SETTLED_BY_OPERATOR.code();
        return sql.preparedQuery(SETTLE)
                .execute(Tuple.of(
                        tenantId,
                        submissionId,
                        ordinals.toArray(Integer[]::new),
                        decision.state.code(),
                        disposition,
                        DeliveryState.IN_DOUBT.code(),
                        CallState.UNKNOWN.code()))
                .map(RowSet::rowCount);
    }

    /** Moves the submission's counters along; its channel. */
    static Future<Row> count(
            SqlClient sql, long tenantId, long submissionId, List<Integer> ordinals, Decision decision) {
        int people = ordinals.size();
        return switch (decision) {
            case MARK_SENT -> counted(sql, COUNT_SETTLED, Tuple.of(tenantId, submissionId, people, people, 0));
            case MARK_FAILED -> counted(sql, COUNT_SETTLED, Tuple.of(tenantId, submissionId, people, 0, people));
            case RESEND ->
                counted(sql, COUNT_WAITING, Tuple.from(new Object[] {
                    tenantId,
                    submissionId,
                    people,
                    ordinals.stream().min(Integer::compare).orElseThrow(),
                    SubmissionState.FINISHED.code(),
                    SubmissionState.RUNNING.code(),
                    new Short[] {SubmissionState.CANCELLING.code(), SubmissionState.CANCELLED.code()}
                }));
        };
    }

    private static Future<Row> counted(SqlClient sql, String statement, Tuple parameters) {
        return sql.preparedQuery(statement)
                .execute(parameters)
                .map(rows -> rows.stream()
                        .findFirst()
                        .orElseThrow(() -> new ProblemException(
                                ProblemType.STATE_CONFLICT,
                                "It is cancelled: nobody in it waits again. Mark them as sent or failed.")));
    }

    private static JsonObject submission(Row row) {
        long id = row.getLong("id");
        return new JsonObject()
                .put("submissionId", String.valueOf(id))
                .put("message", row.getBoolean("of_campaign") ? PublicId.campaign(id) : PublicId.message(id))
                .put("channelId", row.getLong("channel_id"))
                .put(
                        "state",
                        SubmissionState.ofCode(row.getShort("state")).name().toLowerCase(java.util.Locale.ROOT))
                .put("total", row.getInteger("total"))
                .put("inDoubt", row.getInteger("in_doubt"))
                .put("acceptedAt", Rows.moment(row, "accepted_at"));
    }

    private static JsonObject person(Row row) {
        return new JsonObject()
                .put("ordinal", row.getInteger("ordinal"))
                .put("recipient", row.getString("recipient"))
                .put("attempts", row.getInteger("attempts"))
                .put("since", Rows.moment(row, "settled_at"))
                .put("call", call(row));
    }

    private static JsonObject call(Row row) {
        return row.getLong("call_id") == null
                ? null
                : new JsonObject()
                        .put("id", String.valueOf(row.getLong("call_id")))
                        .put("api", row.getString("api"))
                        .put("node", row.getString("node"))
                        .put("intentAt", Rows.moment(row, "intent_at"))
                        .put("platformCode", row.getString("platform_code"))
                        .put("platformText", row.getString("platform_text"))
                        .put("resolving", row.getBoolean("resolving"));
    }

    static JsonArray listed(List<Integer> ordinals) {
        return new JsonArray(ordinals.stream().sorted().toList());
    }
}
