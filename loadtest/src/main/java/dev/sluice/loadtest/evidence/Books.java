package dev.sluice.loadtest.evidence;

import dev.sluice.engine.model.DeliveryState;
import dev.sluice.engine.model.Disposition;
import dev.sluice.engine.model.PriorityClass;
import dev.sluice.engine.model.Purpose;
import dev.sluice.engine.quota.BudgetAudit;
import dev.sluice.engine.sending.OutcomePolicy.Charge;
import dev.sluice.engine.time.EngineClock;
import dev.sluice.loadtest.client.Patience;
import dev.sluice.loadtest.verdict.OrganisationReading.MonthUnits;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What the rows of an installation say. Blocks. */
public final class Books {
    private static final long PATIENCE_SECONDS = 120;
    private static final String OPEN = """
            SELECT (SELECT count(*) FROM submission WHERE tenant_id = ANY ($1) AND state IN (1, 3))
              + (SELECT count(*) FROM call WHERE tenant_id = ANY ($1) AND (state = 0 OR receipt_due_at IS NOT NULL))
            """;
    private static final String CONTENTS = "SELECT id, content FROM submission WHERE tenant_id = $1";
    private static final String SUBMISSIONS =
            "SELECT id, channel_id, priority, deliver_by, content FROM submission WHERE tenant_id = $1";
    private static final String DELIVERIES = """
            SELECT d.submission_id, d.recipient, d.state, d.disposition, d.channel_id, coalesce(d.settled_at >= s.deliver_by, false)
            FROM delivery d LEFT JOIN submission s ON s.tenant_id = d.tenant_id AND s.id = d.submission_id WHERE d.tenant_id = $1
            """;
    /**
     * What was taken of each pool when the last call left that may not touch the reserve: one that carries bulk only, or a query. Bookings of one budget are made
     * one after the other, so their times are in its order. What was released later is left out, so it is never more than was taken then.
     */
    private static final String BULK_UNITS =
            """
            WITH posting AS (
              SELECT c.budget_pool AS pool, c.units::bigint AS units, c.intent_at AS at, c.id, ch.reserve_percent,
                c.purpose <> %d AND NOT EXISTS (
                  SELECT FROM submission s WHERE s.tenant_id = c.tenant_id AND s.id = ANY (c.submission_ids) AND s.priority <> %d) AS bulk
              FROM app a JOIN call c ON c.app_id = a.id JOIN channel ch ON ch.id = c.channel_id
              WHERE a.organisation_id = $1 AND c.budget_month = $2 AND c.units > 0 AND c.charge <> %d
              UNION ALL
              SELECT pool, CASE credit WHEN 'foreign' THEN units ELSE -units END, at, 0, 0, false
              FROM budget_posting WHERE organisation_id = $1 AND month = $2 AND 'foreign' IN (debit, credit)
            ), taken AS (
              SELECT pool, reserve_percent, bulk, sum(units) OVER (PARTITION BY pool ORDER BY at, id ROWS UNBOUNDED PRECEDING)::bigint AS units FROM posting
            )
            SELECT max(t.units), b.granted - b.granted * t.reserve_percent / 100
            FROM taken t JOIN budget b ON b.organisation_id = $1 AND b.month = $2 AND b.pool = t.pool
            WHERE t.bulk GROUP BY b.pool, b.granted, t.reserve_percent ORDER BY b.pool, t.reserve_percent
            """.formatted(Purpose.RESEND.code(), PriorityClass.BULK.code(), Charge.RELEASED.code());

    /**
     * One delivery.
     *
     * @param submissionId its submission's
     * @param channelId through which it goes
     * @param recipient who; empty for the group of a webhook
     * @param contentHash the platform's hash of its content
     * @param disposition why it ended so, null for a plain success
     * @param late whether its deadline was over when it ended
     */
    public record Delivery(
            long submissionId,
            long channelId,
            String recipient,
            long contentHash,
            DeliveryState state,
            Disposition disposition,
            boolean late) {}

    /**
     * One submission.
     *
     * @param deliverBy null for none
     * @param contentHash the platform's hash of its content
     */
    public record Submission(long id, long channelId, PriorityClass priority, Instant deliverBy, long contentHash) {
        /** When it is too late for it; {@link Instant#MAX}: never. */
        public Instant deadline() {
            return deliverBy == null ? Instant.MAX : deliverBy;
        }

        private long fingerprint(long people) {
            return Fingerprint.of(channelId, priority, deliverBy, contentHash, people);
        }
    }

    private final Pool pool;
    private final EngineClock clock;

    /**
     * @param pool of the installation's Postgres
     */
    public Books(Pool pool, EngineClock clock) {
        this.pool = pool;
        this.clock = clock;
    }

    /** Submissions with work, calls without an answer, and results still to be asked for. */
    public long open(Collection<Long> tenantIds) {
        return rows(OPEN, Tuple.of(tenantIds.toArray(Long[]::new)))
                .iterator()
                .next()
                .getLong(0);
    }

    /** All deliveries of a tenant. */
    public List<Delivery> deliveries(long tenantId) {
        Map<Long, Long> hashes = new HashMap<>();
        for (Row row : rows(CONTENTS, Tuple.of(tenantId))) {
            hashes.put(row.getLong(0), MessageContent.hash(row.getString(1)));
        }
        List<Delivery> deliveries = new ArrayList<>();
        for (Row row : rows(DELIVERIES, Tuple.of(tenantId))) {
            deliveries.add(new Delivery(
                    row.getLong(0),
                    row.getLong(4),
                    row.getString(1),
                    hashes.get(row.getLong(0)),
                    DeliveryState.ofCode(row.getShort(2)),
                    Disposition.ofCode(row.getShort(3)),
                    row.getBoolean(5)));
        }
        return deliveries;
    }

    /** All submissions of a tenant, drafts too. */
    public List<Submission> submissions(long tenantId) {
        List<Submission> submissions = new ArrayList<>();
        for (Row row : rows(SUBMISSIONS, Tuple.of(tenantId))) {
            OffsetDateTime deliverBy = row.getOffsetDateTime("deliver_by");
            submissions.add(new Submission(
                    row.getLong("id"),
                    row.getLong("channel_id"),
                    PriorityClass.ofCode(row.getShort("priority")),
                    deliverBy == null ? null : deliverBy.toInstant(),
                    MessageContent.hash(row.getString("content"))));
        }
        return submissions;
    }

    /**
     * The {@link Fingerprint} of each submission.
     *
     * @param deliveries of all of them
     */
    public static Map<Long, Long> fingerprints(List<Submission> submissions, List<Delivery> deliveries) {
        Map<Long, Long> people = new HashMap<>();
        deliveries.forEach(
                delivery -> people.merge(delivery.submissionId(), Fingerprint.person(delivery.recipient()), Long::sum));
        return submissions.stream()
                .collect(Collectors.toMap(Submission::id, one -> one.fingerprint(people.getOrDefault(one.id(), 0L))));
    }

    /** Deliveries by submission and state. */
    public static Map<Long, Map<DeliveryState, Long>> states(List<Delivery> deliveries) {
        Map<Long, Map<DeliveryState, Long>> states = new HashMap<>();
        deliveries.forEach(
                delivery -> states.computeIfAbsent(delivery.submissionId(), id -> new EnumMap<>(DeliveryState.class))
                        .merge(delivery.state(), 1L, Long::sum));
        return states;
    }

    /** Where a budget row is not the sum of its postings. */
    public List<String> faults(long organisationId) {
        return Patience.await(new BudgetAudit(pool).verify(organisationId, clock.platformMonth()), PATIENCE_SECONDS);
    }

    /** What was taken of a month's pools when bulk took its last unit of each, and what bulk may take; a pool without a limit, or from which it took nothing, is missing. */
    public List<MonthUnits> bulkUnits(long organisationId) {
        return rows(BULK_UNITS, Tuple.of(organisationId, clock.platformMonth())).stream()
                .map(row -> new MonthUnits(row.getLong(0), row.getLong(1)))
                .toList();
    }

    private RowSet<Row> rows(String sql, Tuple values) {
        return Patience.await(pool.preparedQuery(sql).execute(values), PATIENCE_SECONDS);
    }
}
