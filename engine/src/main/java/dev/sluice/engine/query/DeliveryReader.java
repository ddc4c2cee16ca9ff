package dev.sluice.engine.query;

import dev.sluice.engine.model.DeliveryKey;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** Reads deliveries. Every statement names the tenant: somebody else's id is no row. */
public final class DeliveryReader {
    /**
     * No index holds the state, so a page filtered by it looks at no more than this many deliveries, along the primary key, and may be short; {@code next} then
     * leads on. So many take Postgres some milliseconds; five times as many, asked for again and again, keep its cores from everybody else.
     */
    static final int MOST_SCANNED = 20_000;

    private static final String COLUMNS = "submission_id, ordinal, recipient, state, disposition, attempts, settled_at";

    private static final String OF_SUBMISSION = "SELECT " + COLUMNS + """
             FROM delivery
            WHERE tenant_id = $1 AND submission_id = $2 AND ordinal > $3 AND ordinal <= $4 AND ($5::smallint IS NULL OR state = $5)
            ORDER BY ordinal LIMIT $6
            """;

    /** With what those who wait may wait for: their submission, and whether a call of theirs is on the way. Open calls are looked at once, if anybody waits. */
    private static final String OF_RECIPIENT = """
            WITH page AS MATERIALIZED (
              SELECT %s, channel_id, not_before FROM delivery
              WHERE tenant_id = $1 AND recipient = $2 AND recipient <> '' AND submission_id >= $3 AND submission_id < $4
                AND (submission_id, ordinal) < ($5, $6)
              ORDER BY submission_id DESC, ordinal DESC LIMIT $7
            )
            SELECT d.*, s.state AS submission_state, s.not_before AS submission_not_before, c.submission_id IS NOT NULL AS of_campaign,
              d.state = 0 AND (d.submission_id, d.ordinal) IN (
                SELECT u.id, u.ordinal FROM call o CROSS JOIN LATERAL unnest(o.submission_ids, o.ordinals) AS u (id, ordinal)
                WHERE o.state = 0 AND o.tenant_id = $1 AND o.app_id IN (
                  SELECT ch.app_id FROM channel ch WHERE ch.id IN (SELECT channel_id FROM page WHERE state = 0))
              ) AS in_flight
            FROM page d
            JOIN submission s ON s.tenant_id = $1 AND s.id = d.submission_id
            LEFT JOIN campaign c ON c.tenant_id = $1 AND c.submission_id = d.submission_id
            ORDER BY d.submission_id DESC, d.ordinal DESC
            """.formatted(COLUMNS);

    private static final String FIND = """
            SELECT d.*, s.state AS submission_state, s.not_before AS submission_not_before, s.deliver_by, k.state AS call_state, k.id AS the_call,
              k.api, k.node, k.intent_at, k.answered_at, k.platform_ref, k.platform_code, k.platform_text, EXISTS (
                SELECT FROM call o JOIN channel ch ON ch.app_id = o.app_id
                WHERE ch.id = d.channel_id AND o.state = 0 AND o.tenant_id = $1 AND EXISTS (
                  SELECT FROM unnest(o.submission_ids, o.ordinals) AS u (id, ordinal) WHERE u.id = $2 AND u.ordinal = $3)
              ) AS in_flight,
              EXISTS (SELECT FROM campaign c WHERE c.tenant_id = d.tenant_id AND c.submission_id = d.submission_id) AS of_campaign
            FROM delivery d
            JOIN submission s ON s.tenant_id = d.tenant_id AND s.id = d.submission_id
            LEFT JOIN call k ON k.tenant_id = d.tenant_id AND k.id = d.call_id
            WHERE d.tenant_id = $1 AND d.submission_id = $2 AND d.ordinal = $3
            """;

    private static final String ATTEMPTS = """
            SELECT a.outcome, a.at, k.id AS the_call, k.state AS call_state, k.api, k.node, k.intent_at, k.answered_at, k.platform_ref, k.platform_code, k.platform_text
            FROM attempt a LEFT JOIN call k ON k.tenant_id = a.tenant_id AND k.id = a.call_id
            WHERE a.tenant_id = $1 AND a.submission_id = $2 AND a.ordinal = $3 ORDER BY a.call_id LIMIT 100
            """;

    private final SqlClient sql;

    /** Reads through a client that is lent to it. */
    public DeliveryReader(SqlClient sql) {
        this.sql = sql;
    }

    /** A submission's deliveries in their order; {@code state} null for all. */
    Future<List<Row>> ofSubmission(long tenantId, long submissionId, int after, Short state, int limit) {
        int last = (int) Math.min(Integer.MAX_VALUE, (long) after + MOST_SCANNED);
        return sql.preparedQuery(OF_SUBMISSION)
                .execute(Tuple.of(tenantId, submissionId, after, last, state, limit))
                .map(DeliveryReader::listed);
    }

    /** A person's deliveries with submission ids in a range, newest first, after a key. */
    public Future<List<Row>> ofRecipient(
            long tenantId, String recipient, long fromId, long untilId, DeliveryKey after, int limit) {
        return sql.preparedQuery(OF_RECIPIENT)
                .execute(Tuple.of(tenantId, recipient, fromId, untilId, after.submissionId(), after.ordinal(), limit))
                .map(DeliveryReader::listed);
    }

    /** One delivery with its submission and the call that settled it. */
    Future<Optional<Row>> find(long tenantId, DeliveryKey key) {
        return sql.preparedQuery(FIND)
                .execute(Tuple.of(tenantId, key.submissionId(), key.ordinal()))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false).findFirst());
    }

    /** Its parts in calls that did not settle it, oldest first. */
    Future<RowSet<Row>> attempts(long tenantId, DeliveryKey key) {
        return sql.preparedQuery(ATTEMPTS).execute(Tuple.of(tenantId, key.submissionId(), key.ordinal()));
    }

    private static List<Row> listed(RowSet<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false).toList();
    }
}
