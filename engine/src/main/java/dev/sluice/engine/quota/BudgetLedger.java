package dev.sluice.engine.quota;

import dev.sluice.engine.model.BudgetPool;
import dev.sluice.engine.quota.BudgetGrants.Grant;
import dev.sluice.engine.time.EngineClock;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The month budgets in Postgres: everything but the booking of single calls, which is part of their intent and their settling, and
 * the audit of what was booked ({@link BudgetAudit}). Every change of a budget row
 * is made together with its posting, under the row's lock; what is asked twice is booked once where the text says so. Thread-safe.
 *
 * <p>How a call is booked: with the row locked, and as {@link BudgetStatus#allows} says, {@code reserved + units} in the transaction of the intent; when its
 * answer is recorded {@code reserved - units}, and {@code spent + units} unless it is proven that the platform did not count it. An organisation without a row
 * for a pool has no such limit only if its profile has none; otherwise the month is not open yet and nothing goes.
 */
public final class BudgetLedger {
    private static final String PROFILE_GRANT = "profile grant";

    /** How far the grants on the books are from the profile's. */
    private static final String GRANT_GAPS = """
            SELECT w.organisation_id, w.pool,
              greatest(-b.granted, w.units - coalesce((SELECT sum(CASE p.debit WHEN 'platform' THEN p.units ELSE -p.units END) FROM budget_posting p
                WHERE p.organisation_id = w.organisation_id AND p.month = $4 AND p.pool = w.pool AND p.reason = '%s'), 0))::bigint AS gap,
              b.organisation_id IS NULL AS missing
            FROM unnest($1::bigint[], $2::text[], $3::bigint[]) AS w (organisation_id, pool, units)
            LEFT JOIN budget b ON b.organisation_id = w.organisation_id AND b.month = $4 AND b.pool = w.pool
            """.formatted(PROFILE_GRANT);

    /**
     * A row that is born late takes over what was booked without it: open calls will give back what they reserved. For those that are there nobody's calls are read: of a
     * large organisation that takes longer than a statement may, and its new grant would wait for the next month.
     */
    private static final String OPEN_MONTH = """
            INSERT INTO budget (organisation_id, month, pool, granted, reserved, spent)
            SELECT w.organisation_id, $3::date, w.pool, 0,
              coalesce(sum(c.units) FILTER (WHERE c.charge = 0), 0), coalesce(sum(c.units) FILTER (WHERE c.charge = 1), 0)
            FROM (
              SELECT * FROM unnest($1::bigint[], $2::text[]) AS u (organisation_id, pool)
              WHERE NOT EXISTS (SELECT FROM budget b WHERE b.organisation_id = u.organisation_id AND b.month = $3 AND b.pool = u.pool) OFFSET 0) w
            LEFT JOIN app a ON a.organisation_id = w.organisation_id
            LEFT JOIN call c ON c.app_id = a.id AND c.budget_month = $3
              AND c.budget_pool = w.pool AND c.id >= sluice_id_floor(($3::date)::timestamptz - interval '2 days')
            GROUP BY 1, 2, 3
            ON CONFLICT DO NOTHING
            """;

    private static final String LOCK_MONTH = """
            SELECT 1 FROM budget b JOIN unnest($1::bigint[], $2::text[]) AS w (organisation_id, pool)
              ON b.organisation_id = w.organisation_id AND b.pool = w.pool
            WHERE b.month = $3 ORDER BY b.organisation_id, b.pool FOR UPDATE OF b
            """;

    /** Thresholds that a budget has not passed any more, since more is granted or less was used than an operator said: it may pass them again, and that is to be said. */
    private static final String FORGOTTEN = """
            forgotten AS (
              DELETE FROM budget_event e USING changed c
              WHERE e.organisation_id = c.organisation_id AND e.month = $2 AND e.pool = $3 AND c.used * 100 < c.granted * e.percent)""";

    private static final String CHANGE_GRANT = """
            WITH changed AS (
              UPDATE budget SET granted = granted + $4, exhausted_until = CASE WHEN $4 > 0 THEN NULL ELSE exhausted_until END
              WHERE organisation_id = $1 AND month = $2 AND pool = $3
              RETURNING organisation_id, granted, reserved + spent + foreign_spent AS used
            ), {forgotten}
            INSERT INTO budget_posting (organisation_id, month, pool, debit, credit, units, reason, actor)
            SELECT organisation_id, $2, $3, CASE WHEN $4 > 0 THEN 'platform' ELSE 'available' END, CASE WHEN $4 > 0 THEN 'available' ELSE 'platform' END,
              abs($4), $5, $6
            FROM changed
            """.replace("{forgotten}", FORGOTTEN);

    private static final String READING = """
            WITH before AS (
              SELECT organisation_id, foreign_spent, spent, greatest($4 - spent, 0) AS seen
              FROM budget WHERE organisation_id = $1 AND month = $2 AND pool = $3 FOR UPDATE
            ), changed AS (
              UPDATE budget b SET foreign_spent = before.seen, reading = $4, reading_drift = $4 - before.spent, reading_at = clock_timestamp()
              FROM before WHERE b.organisation_id = $1 AND b.month = $2 AND b.pool = $3
              RETURNING b.organisation_id, b.granted, b.reserved + b.spent + b.foreign_spent AS used
            ), {forgotten}, posted AS (
              INSERT INTO budget_posting (organisation_id, month, pool, debit, credit, units, reason, actor)
              SELECT organisation_id, $2, $3, CASE WHEN seen > foreign_spent THEN 'available' ELSE 'foreign' END,
                CASE WHEN seen > foreign_spent THEN 'foreign' ELSE 'available' END, abs(seen - foreign_spent), 'platform shows ' || $4 || ' used', $5
              FROM before WHERE seen <> foreign_spent
            )
            SELECT 1 FROM changed
            """.replace("{forgotten}", FORGOTTEN);

    private static final String EXHAUSTED =
            "UPDATE budget SET exhausted_until = $4 WHERE organisation_id = $1 AND month = $2 AND pool = $3 RETURNING 1";

    private static final String STATUS = """
            SELECT organisation_id, month, pool, granted, reserved, spent, foreign_spent, exhausted_until, reading_drift
            FROM budget WHERE organisation_id = ANY ($1) AND month = $2 ORDER BY organisation_id, pool
            """;

    private static final String RAISE = """
            INSERT INTO budget_event (organisation_id, month, pool, percent, projected_end_at)
            SELECT u.organisation_id, $1::date, u.pool, u.percent, u.projected FROM unnest($2::bigint[], $3::text[], $4::integer[], $5::timestamptz[])
              AS u (organisation_id, pool, percent, projected)
            ON CONFLICT DO NOTHING
            RETURNING organisation_id, pool, percent
            """;

    private final Pool pool;
    private final EngineClock clock;

    /**
     * @param pool Postgres
     * @param clock for projections
     */
    public BudgetLedger(Pool pool, EngineClock clock) {
        this.pool = pool;
        this.clock = clock;
    }

    /** Opens the month of many organisations, or brings its grants to changed profiles. To ask twice changes nothing; rows are locked only where something must change. */
    public Future<Void> ensureGrants(LocalDate month, List<Grant> grants, String actor) {
        if (grants.isEmpty()) {
            return Future.succeededFuture();
        }
        return gaps(pool.preparedQuery(GRANT_GAPS).execute(asColumns(grants, month)))
                .compose(gaps -> gaps.isEmpty()
                        ? Future.succeededFuture()
                        : pool.withTransaction(transaction -> closeGaps(transaction, month, grants, actor)));
    }

    /** An add-on pack, or a grace that the platform gave: usable at once, also after exhaustion. Booked each time it is asked. */
    public Future<Void> addOn(
            long organisationId, LocalDate month, BudgetPool units, long count, String reason, String actor) {
        return addOn(pool, organisationId, month, units, count, reason, actor);
    }

    /** The same within a transaction. */
    public Future<Void> addOn(
            SqlClient sql,
            long organisationId,
            LocalDate month,
            BudgetPool units,
            long count,
            String reason,
            String actor) {
        if (count < 1 || reason.equals(PROFILE_GRANT)) {
            return Future.failedFuture(new IllegalArgumentException(
                    "an add-on needs at least 1 unit and a reason of its own, not \"" + PROFILE_GRANT + "\""));
        }
        return sql.preparedQuery(CHANGE_GRANT)
                .execute(Tuple.of(organisationId, month, units.wireName(), count, reason, actor))
                .compose(rows -> orNoBudget(rows.rowCount(), organisationId, month, units));
    }

    /** What the platform shows as used, read by an operator: what we did not spend is foreign. To ask twice changes nothing. */
    public Future<Void> reading(long organisationId, LocalDate month, BudgetPool units, long used, String actor) {
        return reading(pool, organisationId, month, units, used, actor);
    }

    /** The same within a transaction. */
    public Future<Void> reading(
            SqlClient sql, long organisationId, LocalDate month, BudgetPool units, long used, String actor) {
        return sql.preparedQuery(READING)
                .execute(Tuple.of(organisationId, month, units.wireName(), used, actor))
                .compose(rows -> orNoBudget(rows.size(), organisationId, month, units));
    }

    /**
     * The platform says that the month is used up: nothing goes until then, whatever our count says. Where it says how much was used, that is a reading; the
     * quota that it names is not booked, since exhaustion already stops everything and only a profile or an add-on pack grants.
     */
    public Future<Void> exhausted(
            long organisationId, LocalDate month, BudgetPool units, OptionalLong used, Instant until) {
        return pool.preparedQuery(EXHAUSTED)
                .execute(Tuple.of(organisationId, month, units.wireName(), until.atOffset(ZoneOffset.UTC)))
                .compose(rows -> orNoBudget(rows.size(), organisationId, month, units))
                .compose(marked -> used.isPresent()
                        ? reading(organisationId, month, units, used.getAsLong(), "platform")
                        : Future.succeededFuture());
    }

    /** The budgets of a month; an organisation without any has no limit, or its month is not open yet. */
    public Future<List<BudgetStatus>> status(List<Long> organisationIds, LocalDate month) {
        return pool.preparedQuery(STATUS)
                .execute(Tuple.of(organisationIds.toArray(Long[]::new), month))
                .map(rows -> {
                    List<BudgetStatus> budgets = new ArrayList<>(rows.size());
                    rows.forEach(row -> budgets.add(statusOf(row)));
                    return budgets;
                });
    }

    /** Raises the thresholds that budgets have passed; gives those that nobody raised before. */
    public Future<List<BudgetThreshold>> raise(LocalDate month, List<BudgetStatus> budgets) {
        List<BudgetThreshold> passed = budgets.stream()
                .flatMap(budget -> BudgetThreshold.passedBy(budget, clock.now()).stream())
                .toList();
        if (passed.isEmpty()) {
            return Future.succeededFuture(List.of());
        }
        return pool.preparedQuery(RAISE).execute(asColumns(month, passed)).map(rows -> fresh(passed, rows));
    }

    private Future<Void> closeGaps(SqlConnection transaction, LocalDate month, List<Grant> grants, String actor) {
        Tuple rows = Tuple.of(organisations(grants), pools(grants), month);
        return transaction
                .preparedQuery(OPEN_MONTH)
                .execute(rows)
                .compose(opened -> transaction.preparedQuery(LOCK_MONTH).execute(rows))
                .compose(locked -> gaps(transaction.preparedQuery(GRANT_GAPS).execute(asColumns(grants, month))))
                .compose(gaps -> {
                    List<Tuple> changes = gaps.stream()
                            .filter(gap -> gap.units() != 0)
                            .map(gap -> Tuple.of(
                                    gap.organisationId(),
                                    month,
                                    gap.pool().wireName(),
                                    gap.units(),
                                    PROFILE_GRANT,
                                    actor))
                            .toList();
                    return changes.isEmpty()
                            ? Future.succeededFuture()
                            : transaction
                                    .preparedQuery(CHANGE_GRANT)
                                    .executeBatch(changes)
                                    .mapEmpty();
                });
    }

    /** The grants that are not on the books as they should be; of 0 units where only the row is missing. */
    private static Future<List<Grant>> gaps(Future<RowSet<Row>> answer) {
        return answer.map(rows -> {
            List<Grant> gaps = new ArrayList<>();
            for (Row row : rows) {
                long units = Objects.requireNonNullElse(row.getLong(2), 0L);
                if (units != 0 || row.getBoolean(3)) {
                    gaps.add(new Grant(row.getLong(0), poolOf(row.getString(1)), units));
                }
            }
            return gaps;
        });
    }

    private static List<BudgetThreshold> fresh(List<BudgetThreshold> passed, RowSet<Row> raised) {
        List<BudgetThreshold> fresh = new ArrayList<>();
        for (Row row : raised) {
            passed.stream()
                    .filter(threshold -> threshold.status().organisationId() == row.getLong(0)
                            && threshold.status().pool() == poolOf(row.getString(1))
                            && threshold.percent() == row.getInteger(2))
                    .forEach(fresh::add);
        }
        return fresh;
    }

    private static BudgetStatus statusOf(Row row) {
        Long drift = row.getLong(8);
        return new BudgetStatus(
                row.getLong(0),
                row.getLocalDate(1),
                poolOf(row.getString(2)),
                row.getLong(3),
                row.getLong(4),
                row.getLong(5),
                row.getLong(6),
                Optional.ofNullable(row.getOffsetDateTime(7)).map(OffsetDateTime::toInstant),
                drift == null ? OptionalLong.empty() : OptionalLong.of(drift));
    }

    private static Tuple asColumns(List<Grant> grants, LocalDate month) {
        return Tuple.of(
                organisations(grants),
                pools(grants),
                grants.stream().map(Grant::units).toArray(Long[]::new),
                month);
    }

    private static Tuple asColumns(LocalDate month, List<BudgetThreshold> passed) {
        return Tuple.of(
                month,
                passed.stream().map(it -> it.status().organisationId()).toArray(Long[]::new),
                passed.stream().map(it -> it.status().pool().wireName()).toArray(String[]::new),
                passed.stream().map(BudgetThreshold::percent).toArray(Integer[]::new),
                passed.stream()
                        .map(it -> it.projectedEnd()
                                .map(end -> end.atOffset(ZoneOffset.UTC))
                                .orElse(null))
                        .toArray(OffsetDateTime[]::new));
    }

    private static Long[] organisations(List<Grant> grants) {
        return grants.stream().map(Grant::organisationId).toArray(Long[]::new);
    }

    private static String[] pools(List<Grant> grants) {
        return grants.stream().map(grant -> grant.pool().wireName()).toArray(String[]::new);
    }

    private static BudgetPool poolOf(String wireName) {
        return wireName.equals(BudgetPool.API.wireName()) ? BudgetPool.API : BudgetPool.WEBHOOK;
    }

    private static Future<Void> orNoBudget(int rows, long organisationId, LocalDate month, BudgetPool units) {
        return rows > 0
                ? Future.succeededFuture()
                : Future.failedFuture(
                        "organisation " + organisationId + " has no " + units.wireName() + " budget in " + month);
    }
}
