package dev.sluice.engine.quota;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** Whether the month budgets are what calls and postings say, and the mending of the one difference that may arise, at a month's opening. Thread-safe. */
public final class BudgetAudit {
    /**
     * Where other units are reserved than calls hold: in one snapshot the two agree, but for a call that was answered in the moment in which its row was born, by a
     * statement that did not see it.
     *
     * <p>What calls hold is read once for all: beside a transaction that stays open the index of open calls keeps those that ended since, and to the planner, which takes
     * it for empty, reading all of it for each organisation costs the same as looking there.
     */
    private static final String ASTRAY = """
            WITH held AS MATERIALIZED (
              SELECT app_id, budget_pool AS pool, sum(units) AS units FROM call
              WHERE state IN (0, 7) AND charge = 0 AND budget_month = $2 GROUP BY 1, 2
            ), together AS MATERIALIZED (
              SELECT a.organisation_id, h.pool, sum(h.units) AS units FROM held h JOIN app a ON a.id = h.app_id GROUP BY 1, 2
            )
            SELECT b.organisation_id, b.pool FROM budget b
            LEFT JOIN together t ON t.organisation_id = b.organisation_id AND t.pool = b.pool
            WHERE b.organisation_id = ANY ($1) AND b.month = $2 AND b.reserved <> coalesce(t.units, 0)
            """;

    /** One node at a time: two that found the same difference would both mend it. */
    private static final String RECOUNT_ALONE = "SELECT pg_advisory_xact_lock(7240119, $1::integer)";

    /** By how much the row is wrong in one snapshot, it is wrong whatever is booked meanwhile: the row is locked for a moment, not while a month of calls is read. */
    private static final String RECOUNT = """
            WITH wrong AS MATERIALIZED (
              SELECT calls.reserved - b.reserved AS reserved, calls.spent + posted.spent - b.spent AS spent
              FROM budget b
              CROSS JOIN (
                SELECT coalesce(sum(c.units) FILTER (WHERE c.charge = 0), 0) AS reserved, coalesce(sum(c.units) FILTER (WHERE c.charge = 1), 0) AS spent
                FROM app a JOIN call c ON c.app_id = a.id
                WHERE a.organisation_id = $1 AND c.budget_month = $2 AND c.budget_pool = $3
                  AND c.id >= sluice_id_floor(($2::date)::timestamptz - interval '2 days')) calls
              CROSS JOIN (
                SELECT coalesce(sum(units * ((credit = 'spent')::int - (debit = 'spent')::int)), 0) AS spent
                FROM budget_posting WHERE organisation_id = $1 AND month = $2 AND pool = $3) posted
              WHERE b.organisation_id = $1 AND b.month = $2 AND b.pool = $3
            )
            UPDATE budget b SET reserved = greatest(b.reserved + wrong.reserved, 0), spent = greatest(b.spent + wrong.spent, 0)
            FROM wrong WHERE b.organisation_id = $1 AND b.month = $2 AND b.pool = $3
            """;

    private static final String MISMATCHES = """
            SELECT b.pool, b.granted, b.reserved, b.spent, b.foreign_spent, p.granted, p.reserved, p.spent, p.foreign_spent
            FROM budget b CROSS JOIN LATERAL (
              SELECT coalesce(sum(units * ((debit = 'platform')::int - (credit = 'platform')::int)), 0)::bigint AS granted,
                coalesce(sum(units * ((credit = 'reserved')::int - (debit = 'reserved')::int)), 0)::bigint AS reserved,
                coalesce(sum(units * ((credit = 'spent')::int - (debit = 'spent')::int)), 0)::bigint AS spent,
                coalesce(sum(units * ((credit = 'foreign')::int - (debit = 'foreign')::int)), 0)::bigint AS foreign_spent
              FROM ledger_posting l WHERE l.organisation_id = b.organisation_id AND l.month = b.month AND l.pool = b.pool
            ) p
            WHERE b.organisation_id = $1 AND b.month = $2
              AND (b.granted, b.reserved, b.spent, b.foreign_spent) IS DISTINCT FROM (p.granted, p.reserved, p.spent, p.foreign_spent)
            """;

    private final Pool pool;

    /**
     * @param pool Postgres
     */
    public BudgetAudit(Pool pool) {
        this.pool = pool;
    }

    /** Counts the calls of those months anew that reserve other units than calls hold. Reads all their calls, which is needed once after such a month was opened. */
    public Future<Void> recount(List<Long> organisationIds, LocalDate month) {
        return pool.preparedQuery(ASTRAY)
                .execute(Tuple.of(organisationIds.toArray(Long[]::new), month))
                .compose(astray -> {
                    Future<Void> all = Future.succeededFuture();
                    for (Row row : astray) {
                        all = all.compose(before -> recount(row.getLong(0), row.getString(1), month));
                    }
                    return all;
                });
    }

    private Future<Void> recount(long organisationId, String wireName, LocalDate month) {
        return pool.withTransaction(transaction -> transaction
                .preparedQuery(RECOUNT_ALONE)
                .execute(Tuple.of((int) organisationId))
                .compose(alone -> transaction.preparedQuery(RECOUNT).execute(Tuple.of(organisationId, month, wireName)))
                .mapEmpty());
    }

    /** Where a budget row is not the sum of its postings: one sentence each, none when the books are right. Reads all calls of the month. */
    public Future<List<String>> verify(long organisationId, LocalDate month) {
        return pool.preparedQuery(MISMATCHES)
                .execute(Tuple.of(organisationId, month))
                .map(rows -> {
                    List<String> wrong = new ArrayList<>();
                    rows.forEach(row -> wrong.add(
                            "budget %s of organisation %d in %s: row says granted %d, reserved %d, spent %d, foreign %d; postings say %d, %d, %d, %d"
                                    .formatted(
                                            row.getString(0),
                                            organisationId,
                                            month,
                                            row.getLong(1),
                                            row.getLong(2),
                                            row.getLong(3),
                                            row.getLong(4),
                                            row.getLong(5),
                                            row.getLong(6),
                                            row.getLong(7),
                                            row.getLong(8))));
                    return wrong;
                });
    }
}
