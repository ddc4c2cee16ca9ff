package dev.sluice.loadtest.load.judging;

import dev.sluice.engine.model.CallState;
import dev.sluice.engine.model.DeliveryState;
import dev.sluice.engine.model.SubmissionState;
import dev.sluice.engine.time.EngineClock;
import dev.sluice.loadtest.client.Patience;
import dev.sluice.loadtest.evidence.Books;
import dev.sluice.loadtest.load.tenant.LoadTenant;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The rows of an installation, as judging asks for them. Blocks. */
final class Installation {
    private static final long PATIENCE_SECONDS = 120;
    /** Of a campaign that was not started nobody was accepted: a draft is the client's own. */
    private static final String COUNTERS = """
            SELECT id, total, sent, delivered, failed, suppressed, expired, cancelled, in_doubt FROM submission WHERE tenant_id = $1 AND state <> %d
            """.formatted(SubmissionState.DRAFT.code());

    private static final String OPEN = """
            SELECT count(*) FROM submission WHERE tenant_id = ANY ($1) AND id = ANY ($2) AND state IN (1, 3)
            """;
    private static final String BUDGETS = """
            SELECT b.organisation_id, b.pool, b.granted, b.reserved, b.spent, b.foreign_spent, coalesce(u.units, 0)::bigint
            FROM budget b LEFT JOIN (
              SELECT organisation_id, budget_pool, sum(units) AS units FROM call
              WHERE budget_month = $1 AND charge = 1 AND state <> $2 GROUP BY 1, 2
            ) u ON u.organisation_id = b.organisation_id AND u.budget_pool = b.pool
            WHERE b.month = $1 ORDER BY 1, 2
            """;
    private static final String WAITING = """
            SELECT submission_id, ordinal FROM delivery WHERE tenant_id = $1 AND state = 0 ORDER BY random() LIMIT $2
            """;

    /** Those who did not simply get it first: there are fewer of them. */
    private static final String SETTLED = """
            SELECT submission_id, ordinal, state FROM delivery WHERE tenant_id = $1 AND state <> 0 ORDER BY state IN (%d, %d), random() LIMIT $2
            """.formatted(DeliveryState.SENT.code(), DeliveryState.DELIVERED.code());

    /**
     * An organisation's units of one pool in a month.
     *
     * @param others what others of the organisation spent
     * @param unsure of what is spent, what went to calls that the platform did not say it took
     */
    record Budget(String pool, long granted, long reserved, long spent, long others, long unsure) {
        /** What is left for nobody. */
        long taken() {
            return reserved + spent + others;
        }
    }

    /** Where a delivery is. */
    record Place(long submissionId, int ordinal) {}

    /** Where a settled delivery is, and what became of it. */
    record Ended(Place place, DeliveryState state) {}

    private final Pool pool;
    private final Books books;

    Installation(Pool pool) {
        this.pool = pool;
        this.books = new Books(pool, EngineClock.system());
    }

    Books books() {
        return books;
    }

    LocalDate month() {
        return EngineClock.system().platformMonth();
    }

    /** How many of these have people who are not settled. */
    long open(Collection<Long> tenantIds, Collection<Long> submissionIds) {
        return rows(
                        OPEN,
                        Tuple.tuple()
                                .addArrayOfLong(tenantIds.toArray(Long[]::new))
                                .addArrayOfLong(submissionIds.toArray(Long[]::new)))
                .iterator()
                .next()
                .getLong(0);
    }

    /** Deliveries by submission and state as the submissions' own counters say, which is what the API shows. */
    Map<Long, Map<DeliveryState, Long>> counters(LoadTenant tenant) {
        Map<Long, Map<DeliveryState, Long>> counters = new HashMap<>();
        for (Row row : rows(COUNTERS, Tuple.of(tenant.id()))) {
            Map<DeliveryState, Long> states = new EnumMap<>(DeliveryState.class);
            long settled = 0;
            for (DeliveryState state : DeliveryState.values()) {
                if (state.settled()) {
                    // Columns stand in the order of the states, behind id and total.
                    long count = row.getInteger(1 + state.code());
                    states.put(state, count);
                    settled += count;
                }
            }
            states.put(DeliveryState.WAITING, row.getInteger("total") - settled);
            counters.put(row.getLong("id"), states);
        }
        return counters;
    }

    /** The budgets of this month by organisation; a pool without a limit has none. */
    Map<Long, List<Budget>> budgets() {
        Map<Long, List<Budget>> budgets = new HashMap<>();
        for (Row row : rows(BUDGETS, Tuple.of(month(), CallState.ACCEPTED.code()))) {
            budgets.computeIfAbsent(row.getLong(0), id -> new ArrayList<>())
                    .add(new Budget(
                            row.getString(1),
                            row.getLong(2),
                            row.getLong(3),
                            row.getLong(4),
                            row.getLong(5),
                            row.getLong(6)));
        }
        return budgets;
    }

    /** Some who wait. */
    List<Place> waiting(LoadTenant tenant, int most) {
        return rows(WAITING, Tuple.of(tenant.id(), most)).stream()
                .map(row -> new Place(row.getLong(0), row.getInteger(1)))
                .toList();
    }

    /** Some who are settled. */
    List<Ended> settled(LoadTenant tenant, int most) {
        return rows(SETTLED, Tuple.of(tenant.id(), most)).stream()
                .map(row ->
                        new Ended(new Place(row.getLong(0), row.getInteger(1)), DeliveryState.ofCode(row.getShort(2))))
                .toList();
    }

    private RowSet<Row> rows(String sql, Tuple values) {
        return Patience.await(pool.preparedQuery(sql).execute(values), PATIENCE_SECONDS);
    }
}
