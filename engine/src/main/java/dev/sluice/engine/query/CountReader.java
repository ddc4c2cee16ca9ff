package dev.sluice.engine.query;

import dev.sluice.engine.http.PublicId;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;

/** Adds up what became of many messages and campaigns at once, from the counters that each keeps. The statement names the tenant. */
final class CountReader {
    /** Submissions that one answer looks at, along the primary key; {@code next} leads on. No index holds the tags. */
    static final int MOST_LOOKED_AT = 10_000;

    /** A draft is not accepted yet. */
    private static final String COUNT = """
            SELECT count(*) AS looked_at, max(id) AS last_id, count(*) FILTER (WHERE counts) AS submissions,
              coalesce(sum(total) FILTER (WHERE counts), 0)::bigint AS total, coalesce(sum(sent) FILTER (WHERE counts), 0)::bigint AS sent,
              coalesce(sum(delivered) FILTER (WHERE counts), 0)::bigint AS delivered, coalesce(sum(failed) FILTER (WHERE counts), 0)::bigint AS failed,
              coalesce(sum(suppressed) FILTER (WHERE counts), 0)::bigint AS suppressed, coalesce(sum(expired) FILTER (WHERE counts), 0)::bigint AS expired,
              coalesce(sum(cancelled) FILTER (WHERE counts), 0)::bigint AS cancelled, coalesce(sum(in_doubt) FILTER (WHERE counts), 0)::bigint AS in_doubt
            FROM (
              SELECT id, total, sent, delivered, failed, suppressed, expired, cancelled, in_doubt,
                state <> 0 AND ($5::text IS NULL OR $5 = ANY(tags)) AS counts
              FROM submission WHERE tenant_id = $1 AND id > $2 AND id >= $3 AND id < $4 ORDER BY id LIMIT $6
            ) looked
            """;

    private final SqlClient sql;

    CountReader(SqlClient sql) {
        this.sql = sql;
    }

    /**
     * Adds up the next of the tenant's submissions.
     *
     * @param after the last id of the part before, 0 at first
     * @param fromId smallest id
     * @param untilId above all ids
     * @param tag that each has, null for all
     * @return the answer's body
     */
    Future<JsonObject> count(long tenantId, long after, long fromId, long untilId, String tag) {
        return sql.preparedQuery(COUNT)
                .execute(Tuple.of(tenantId, after, fromId, untilId, tag, MOST_LOOKED_AT))
                .map(rows -> body(rows.iterator().next()));
    }

    private static JsonObject body(Row row) {
        boolean more = row.getLong("looked_at") == MOST_LOOKED_AT;
        return new JsonObject()
                .put("submissions", row.getLong("submissions"))
                .put("counts", counts(row))
                .put("next", more ? PublicId.message(row.getLong("last_id")) : null);
    }

    /** Which of those who wait are in flight would be a look at every open call. */
    private static JsonObject counts(Row row) {
        long total = row.getLong("total");
        long settled = 0;
        for (String name : SubmissionView.SETTLED) {
            settled += row.getLong(name);
        }
        JsonObject counts = new JsonObject().put("total", total).put("waiting", total - settled);
        for (String name : SubmissionView.SETTLED) {
            counts.put(SubmissionView.countName(name), row.getLong(name));
        }
        return counts;
    }
}
