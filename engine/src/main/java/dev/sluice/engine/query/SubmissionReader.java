package dev.sluice.engine.query;

import dev.sluice.engine.time.EngineClock;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** Reads messages and campaigns with their counts. Every statement names the tenant: somebody else's id is no row. */
public final class SubmissionReader {
    /**
     * Open calls are looked at once for all, and only where something may be on its way. Who is sent to again counts as in doubt until that is over. Of a content
     * only its type is told, so only that leaves the database: a thousand contents are as many megabytes. In a canonical content no text looks like its field.
     */
    private static final String VIEWS = """
            WITH page AS MATERIALIZED (
              SELECT s.id, s.priority, s.state, s.not_before, s.deliver_by, s.content_hash, s.tags, s.total, s.sent, s.delivered, s.failed, s.suppressed, s.expired,
                s.cancelled, s.in_doubt, s.finished_at, substring(s.content FROM '"msg(?:type|Key)":"([^"]*)"') AS content_type,
                ch.name AS channel_name, ch.app_id, c.name AS campaign_name, c.rows_received, c.rows_rejected, c.sealed_at
              FROM submission s JOIN channel ch ON ch.id = s.channel_id
              %s
            ), flying AS (
              SELECT u.id, count(*)::integer AS people
              FROM call k CROSS JOIN LATERAL unnest(k.submission_ids) AS u (id)
              WHERE k.app_id IN (SELECT app_id FROM page WHERE state IN (1, 2, 3)) AND k.state = 0 AND k.purpose = 0 AND k.tenant_id = $1
              GROUP BY u.id
            )
            SELECT page.*, coalesce(flying.people, 0) AS in_flight
            FROM page LEFT JOIN flying ON flying.id = page.id
            ORDER BY page.id DESC
            """;

    private static final String FIND = VIEWS.formatted("""
            LEFT JOIN campaign c ON c.tenant_id = s.tenant_id AND c.submission_id = s.id
            WHERE s.tenant_id = $1 AND s.id = $2
            """);

    private static final String CAMPAIGNS = VIEWS.formatted("""
            JOIN campaign c ON c.tenant_id = s.tenant_id AND c.submission_id = s.id
            WHERE s.tenant_id = $1 AND c.tenant_id = $1 AND c.submission_id < $2 ORDER BY s.id DESC LIMIT $3
            """);

    private final SqlClient sql;
    private final EngineClock clock;

    public SubmissionReader(SqlClient sql, EngineClock clock) {
        this.sql = sql;
        this.clock = clock;
    }

    /** One of the tenant's messages or campaigns. */
    public Future<Optional<SubmissionView>> find(long tenantId, long id) {
        return sql.preparedQuery(FIND)
                .execute(Tuple.of(tenantId, id))
                .map(rows -> views(rows).stream().findFirst());
    }

    /** The tenant's campaigns with ids below {@code before}, newest first. */
    public Future<List<SubmissionView>> campaigns(long tenantId, long before, int limit) {
        return sql.preparedQuery(CAMPAIGNS)
                .execute(Tuple.of(tenantId, before, limit))
                .map(this::views);
    }

    private List<SubmissionView> views(RowSet<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false)
                .map(row -> SubmissionView.of(row, clock.now()))
                .toList();
    }
}
