package dev.sluice.loadtest.evidence;

import dev.sluice.engine.model.DeliveryState;
import dev.sluice.engine.model.Disposition;
import dev.sluice.engine.quota.BudgetLedger;
import dev.sluice.engine.time.EngineClock;
import dev.sluice.loadtest.client.Patience;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the rows of an installation say. Blocks. */
public final class Books {
    private static final long PATIENCE_SECONDS = 120;
    private static final String OPEN = """
            SELECT (SELECT count(*) FROM submission WHERE tenant_id = ANY ($1) AND state IN (1, 3))
              + (SELECT count(*) FROM call WHERE tenant_id = ANY ($1) AND (state = 0 OR receipt_due_at IS NOT NULL))
            """;
    private static final String CONTENTS = "SELECT id, content FROM submission WHERE tenant_id = $1";
    private static final String DELIVERIES =
            "SELECT submission_id, recipient, state, disposition, channel_id FROM delivery WHERE tenant_id = $1";

    /**
     * One delivery.
     *
     * @param submissionId its submission's
     * @param channelId through which it goes
     * @param recipient who; empty for the group of a webhook
     * @param contentHash the platform's hash of its content
     * @param disposition why it ended so, null for a plain success
     */
    public record Delivery(
            long submissionId,
            long channelId,
            String recipient,
            long contentHash,
            DeliveryState state,
            Disposition disposition) {}

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
                    Disposition.ofCode(row.getShort(3))));
        }
        return deliveries;
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
        BudgetLedger ledger = new BudgetLedger(pool, clock);
        return Patience.await(ledger.verify(organisationId, clock.platformMonth()), PATIENCE_SECONDS);
    }

    private RowSet<Row> rows(String sql, Tuple values) {
        return Patience.await(pool.preparedQuery(sql).execute(values), PATIENCE_SECONDS);
    }
}
