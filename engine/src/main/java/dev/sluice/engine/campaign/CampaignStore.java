package dev.sluice.engine.campaign;

import dev.sluice.engine.http.ProblemException;
import dev.sluice.engine.http.ProblemType;
import dev.sluice.engine.model.DeliveryState;
import dev.sluice.engine.model.Disposition;
import dev.sluice.engine.model.SubmissionState;
import dev.sluice.engine.request.Envelope;
import dev.sluice.engine.request.IdempotencyKey;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** The tables of campaigns. */
final class CampaignStore {
    private static final String CREATE = """
            WITH named AS (
              INSERT INTO idempotency (tenant_id, key, body_hash, submission_id) SELECT $1, $11, $12, $2 WHERE $11::text IS NOT NULL
              ON CONFLICT DO NOTHING RETURNING submission_id
            ), made AS (
              INSERT INTO submission (tenant_id, id, channel_id, priority, state, not_before, deliver_by, content, content_hash, tags, total)
              SELECT $1, $2, $3, $4, %d, $5, $6, $7, $8, $9, 0 WHERE $11::text IS NULL OR EXISTS (SELECT FROM named) RETURNING tenant_id, id
            )
            INSERT INTO campaign (tenant_id, submission_id, name) SELECT tenant_id, id, $10 FROM made RETURNING submission_id
            """.formatted(SubmissionState.DRAFT.code());

    private static final String NAMED =
            "SELECT submission_id, body_hash FROM idempotency WHERE tenant_id = $1 AND key = $2";

    private static final String PROGRESS = """
            SELECT s.channel_id, s.state, s.total, s.suppressed, c.rows_received, c.rows_rejected
            FROM submission s JOIN campaign c ON c.tenant_id = s.tenant_id AND c.submission_id = s.id
            WHERE s.tenant_id = $1 AND s.id = $2
            """;

    /**
     * A chunk of the file, all or nothing, and only onto the rows that it follows: two uploads at once cannot both go on, and none goes on after the start.
     * Both rows are locked while it is decided.
     */
    private static final String APPEND = """
            WITH open AS (
              SELECT 1 FROM submission s JOIN campaign c ON c.tenant_id = s.tenant_id AND c.submission_id = s.id
              WHERE s.tenant_id = $1 AND s.id = $2 AND s.state = %d AND s.total = $6 AND c.rows_received = $3 AND c.sealed_at IS NULL
              FOR UPDATE
            ), moved AS (
              UPDATE campaign SET rows_received = $4, rows_rejected = rows_rejected + cardinality($9::integer[])
              WHERE tenant_id = $1 AND submission_id = $2 AND EXISTS (SELECT FROM open)
            ), counted AS (
              UPDATE submission SET total = total + cardinality($7::text[]), suppressed = suppressed + $10
              WHERE tenant_id = $1 AND id = $2 AND EXISTS (SELECT FROM open)
            ), people AS (
              INSERT INTO delivery (tenant_id, submission_id, ordinal, channel_id, recipient, state, disposition, settled_at)
              SELECT $1, $2, $6 + n - 1, $5, recipient,
                CASE WHEN duplicate THEN %d ELSE %d END, CASE WHEN duplicate THEN %d END, CASE WHEN duplicate THEN now() END
              FROM unnest($7::text[], $8::boolean[]) WITH ORDINALITY AS p (recipient, duplicate, n)
              WHERE EXISTS (SELECT FROM open)
            ), rejected AS (
              INSERT INTO campaign_reject (tenant_id, submission_id, row_number, verdict, raw, line_number)
              SELECT $1, $2, row_number, verdict, raw, line_number
              FROM unnest($9::integer[], $11::text[], $12::text[], $13::integer[]) AS r (row_number, verdict, raw, line_number)
              WHERE EXISTS (SELECT FROM open)
            )
            SELECT 1 FROM open
            """.formatted(
                    SubmissionState.DRAFT.code(),
                    DeliveryState.SUPPRESSED.code(),
                    DeliveryState.WAITING.code(),
                    Disposition.DUPLICATE_IN_SUBMISSION.code());

    /** A probe of the index by recipient each: of a campaign that has no statistics yet, Postgres would rather read all rows for every chunk. */
    private static final String KNOWN = """
            SELECT known.recipient FROM unnest($3::text[]) AS u (recipient)
            CROSS JOIN LATERAL (
              SELECT recipient FROM delivery
              WHERE tenant_id = $1 AND submission_id = $2 AND recipient = u.recipient AND recipient <> '' LIMIT 1) known
            """;

    private static final String PEOPLE = """
            SELECT ordinal, recipient FROM delivery WHERE tenant_id = $1 AND submission_id = $2 AND ordinal >= $3 ORDER BY ordinal LIMIT $4
            """;

    private static final String PROMISE = """
            SELECT channel_id, content, total - suppressed AS people, not_before, deliver_by FROM submission
            WHERE tenant_id = $1 AND id = $2 AND state = %d AND deliver_by IS NOT NULL AND total > suppressed
            """.formatted(SubmissionState.DRAFT.code());

    private static final String REJECTS = """
            SELECT row_number, line_number, verdict, raw FROM campaign_reject
            WHERE tenant_id = $1 AND submission_id = $2 AND row_number > $3 ORDER BY row_number LIMIT $4
            """;

    private final SqlClient sql;

    CampaignStore(SqlClient sql) {
        this.sql = sql;
    }

    /**
     * Makes a new draft without people.
     *
     * @param key the tenant's name for the request, null for none
     * @param bodyHash what the key stands for, null without a key
     * @return false, and nothing made, when the key stands for something already
     */
    Future<Boolean> create(long tenantId, long id, String name, Envelope envelope, String key, UUID bodyHash) {
        Tuple tuple = Tuple.tuple()
                .addLong(tenantId)
                .addLong(id)
                .addLong(envelope.channel().id())
                .addShort(envelope.priority().code())
                .addOffsetDateTime(time(envelope.notBefore()))
                .addOffsetDateTime(time(envelope.deliverBy()))
                .addString(envelope.content())
                .addUUID(envelope.contentHash())
                .addArrayOfString(envelope.tags().toArray(String[]::new))
                .addString(name)
                .addString(key)
                .addUUID(bodyHash);
        return sql.preparedQuery(CREATE).execute(tuple).map(rows -> rows.size() == 1);
    }

    /** The campaign that a key stands for, empty when it is new; fails with 422 when it stands for another body. */
    Future<Optional<Long>> named(long tenantId, String key, UUID bodyHash) {
        return sql.preparedQuery(NAMED).execute(Tuple.of(tenantId, key)).map(rows -> {
            if (rows.size() == 0) {
                return Optional.empty();
            }
            Row row = rows.iterator().next();
            if (!bodyHash.equals(row.getUUID("body_hash"))) {
                throw new ProblemException(ProblemType.IDEMPOTENCY_MISMATCH, IdempotencyKey.OTHER_BODY);
            }
            return Optional.of(row.getLong("submission_id"));
        });
    }

    /** How far the people file of a campaign is; empty when there is no such campaign. */
    Future<Optional<UploadProgress>> progress(long tenantId, long id) {
        return sql.preparedQuery(PROGRESS).execute(Tuple.of(tenantId, id)).map(rows -> {
            if (rows.size() == 0) {
                return Optional.empty();
            }
            Row row = rows.iterator().next();
            return Optional.of(new UploadProgress(
                    row.getLong("channel_id"),
                    SubmissionState.ofCode(row.getShort("state")),
                    row.getInteger("total"),
                    row.getInteger("suppressed"),
                    row.getInteger("rows_received"),
                    row.getInteger("rows_rejected")));
        });
    }

    /** Commits a chunk. False when the campaign is not where the chunk begins any more. */
    Future<Boolean> append(long tenantId, long id, UploadProgress before, PeopleChunk chunk) {
        Tuple tuple = Tuple.tuple()
                .addLong(tenantId)
                .addLong(id)
                .addInteger(before.rowsReceived())
                .addInteger(before.rowsReceived() + chunk.rows())
                .addLong(before.channelId())
                .addInteger(before.total())
                .addArrayOfString(chunk.recipients())
                .addArrayOfBoolean(chunk.duplicates())
                .addArrayOfInteger(chunk.rejectedRows())
                .addInteger(chunk.duplicateCount())
                .addArrayOfString(chunk.verdicts())
                .addArrayOfString(chunk.rejectedTexts())
                .addArrayOfInteger(chunk.rejectedLines());
        return sql.preparedQuery(APPEND).execute(tuple).map(rows -> rows.size() == 1);
    }

    /** Which of these stand in the campaign already. */
    Future<Set<String>> known(long tenantId, long id, String[] candidates) {
        Tuple tuple = Tuple.tuple().addLong(tenantId).addLong(id).addArrayOfString(candidates);
        return sql.preparedQuery(KNOWN).execute(tuple).map(rows -> {
            Set<String> known = HashSet.newHashSet(rows.size());
            rows.forEach(row -> known.add(row.getString(0)));
            return known;
        });
    }

    /** A page of a campaign's people, by their order. */
    Future<List<String>> people(long tenantId, long id, int fromOrdinal, int limit) {
        return sql.preparedQuery(PEOPLE)
                .execute(Tuple.of(tenantId, id, fromOrdinal, limit))
                .map(rows -> {
                    List<String> people = new ArrayList<>(rows.size());
                    rows.forEach(row -> people.add(row.getString("recipient")));
                    return people;
                });
    }

    /**
     * What a draft promises.
     *
     * @param people who would be sent to
     * @param notBefore null for at once
     */
    record Promised(long channelId, String content, int people, Instant notBefore, Instant deliverBy) {}

    /** What a draft with people promises; empty when it promises nothing. */
    Future<Optional<Promised>> promised(long tenantId, long id) {
        return sql.preparedQuery(PROMISE).execute(Tuple.of(tenantId, id)).map(rows -> {
            if (rows.size() == 0) {
                return Optional.empty();
            }
            Row row = rows.iterator().next();
            OffsetDateTime notBefore = row.getOffsetDateTime("not_before");
            return Optional.of(new Promised(
                    row.getLong("channel_id"),
                    row.getString("content"),
                    row.getInteger("people"),
                    notBefore == null ? null : notBefore.toInstant(),
                    row.getOffsetDateTime("deliver_by").toInstant()));
        });
    }

    /** A page of the rows that were refused. */
    Future<List<JsonObject>> rejects(long tenantId, long id, int afterRow, int limit) {
        return sql.preparedQuery(REJECTS)
                .execute(Tuple.of(tenantId, id, afterRow, limit))
                .map(rows -> {
                    List<JsonObject> rejects = new ArrayList<>(rows.size());
                    rows.forEach(row -> rejects.add(new JsonObject()
                            .put("row", row.getInteger("row_number"))
                            .put("line", row.getInteger("line_number"))
                            .put("verdict", row.getString("verdict"))
                            .put("text", row.getString("raw"))));
                    return rejects;
                });
    }

    private static OffsetDateTime time(Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }
}
