package dev.sluice.engine.quota;

import dev.sluice.engine.model.DeliveryKey;
import dev.sluice.engine.time.EngineClock;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Reads the people of a day's calls that were accepted, are open, or are or were in doubt. Ids only narrow the search, as node clocks make them. */
public final class StoredPeopleHistory implements PeopleHistory {
    /** Calls in a page: some 5,000 people in usual batches of 100. */
    static final int PAGE_CALLS = 50;

    private static final String PEOPLE_OF_CALLS = """
            WITH page AS MATERIALIZED (
              SELECT tenant_id, id, submission_ids, ordinals
              FROM call
              WHERE {scope} AND api = $2 AND id > $3 AND id >= sluice_id_floor($4::timestamptz - interval '10 minutes') AND id < sluice_id_floor($5::timestamptz + interval '10 minutes')
                AND intent_at >= $4 AND intent_at < $5 AND state IN (0, 1, 7, 9)
              ORDER BY id LIMIT $6
            )
            SELECT p.id, t.recipient, t.submission_id, t.ordinal, t.content_hash
            FROM page p
            LEFT JOIN LATERAL (
              SELECT d.recipient, d.submission_id, d.ordinal, s.content_hash
              FROM unnest(p.submission_ids, p.ordinals) AS u (submission_id, ordinal)
              JOIN delivery d ON d.tenant_id = p.tenant_id AND d.submission_id = u.submission_id AND d.ordinal = u.ordinal
              JOIN submission s ON s.tenant_id = p.tenant_id AND s.id = u.submission_id
            ) t ON true
            """;

    private static final long TIMEOUT_MILLIS = 10_000;

    private final Pool pool;

    /** Reads through a pool. */
    public StoredPeopleHistory(Pool pool) {
        this.pool = pool;
    }

    @Override
    public Future<Page> page(LaneGates.PeopleRule rule, LocalDate day, long afterCallId) {
        Tuple parameters = Tuple.of(
                GateScope.id(rule.scope()),
                rule.api(),
                afterCallId,
                startOf(day),
                startOf(day.plusDays(1)),
                PAGE_CALLS);
        return pool.preparedQuery(PEOPLE_OF_CALLS.replace("{scope}", GateScope.condition(rule.scope(), "$1::bigint")))
                .execute(parameters)
                .timeout(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS)
                .map(rows -> page(rows, afterCallId));
    }

    private static Page page(RowSet<Row> rows, long afterCallId) {
        List<Journey> journeys = new ArrayList<>(rows.size());
        long lastCallId = afterCallId;
        for (Row row : rows) {
            lastCallId = Math.max(lastCallId, row.getLong(0));
            if (row.getString(1) != null) {
                journeys.add(new Journey(
                        row.getString(1), new DeliveryKey(row.getLong(2), row.getInteger(3)), row.getUUID(4)));
            }
        }
        return new Page(lastCallId, rows.size() == 0, journeys);
    }

    private static OffsetDateTime startOf(LocalDate day) {
        return day.atStartOfDay(EngineClock.PLATFORM_ZONE).toOffsetDateTime();
    }
}
