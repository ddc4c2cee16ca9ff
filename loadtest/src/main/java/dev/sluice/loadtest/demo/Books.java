package dev.sluice.loadtest.demo;

import dev.sluice.engine.model.DeliveryState;
import dev.sluice.engine.model.Disposition;
import dev.sluice.engine.node.NodeParts;
import dev.sluice.engine.quota.BudgetLedger;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the rows of a node's database say after a run. Blocks. */
final class Books {
    private static final String OPEN = """
            SELECT (SELECT count(*) FROM submission WHERE tenant_id = ANY ($1) AND state IN (1, 3))
              + (SELECT count(*) FROM call WHERE tenant_id = ANY ($1) AND (state = 0 OR receipt_due_at IS NOT NULL))
            """;
    private static final String CONTENTS = "SELECT id, content FROM submission WHERE tenant_id = $1";
    private static final String DELIVERIES =
            "SELECT submission_id, recipient, state, disposition FROM delivery WHERE tenant_id = $1";

    /**
     * One delivery.
     *
     * @param submissionId its submission's
     * @param recipient who
     * @param contentHash the platform's hash of its content
     * @param disposition why it ended so, null for a plain success
     */
    record Delivery(
            long submissionId, String recipient, long contentHash, DeliveryState state, Disposition disposition) {}

    private final NodeParts node;

    Books(NodeParts node) {
        this.node = node;
    }

    /** Submissions with work, calls without an answer, and results still to be asked for. */
    long open(List<DemoTenant> tenants) {
        Long[] ids = tenants.stream().map(DemoTenant::id).toArray(Long[]::new);
        return Stage.await(node.pool().preparedQuery(OPEN).execute(Tuple.of(ids)))
                .iterator()
                .next()
                .getLong(0);
    }

    /** All deliveries of a tenant. */
    List<Delivery> deliveries(DemoTenant tenant) {
        Map<Long, Long> hashes = new HashMap<>();
        for (Row row : Stage.await(node.pool().preparedQuery(CONTENTS).execute(Tuple.of(tenant.id())))) {
            hashes.put(row.getLong(0), Content.hash(row.getString(1)));
        }
        List<Delivery> deliveries = new ArrayList<>();
        for (Row row : Stage.await(node.pool().preparedQuery(DELIVERIES).execute(Tuple.of(tenant.id())))) {
            deliveries.add(new Delivery(
                    row.getLong(0),
                    row.getString(1),
                    hashes.get(row.getLong(0)),
                    DeliveryState.ofCode(row.getShort(2)),
                    Disposition.ofCode(row.getShort(3))));
        }
        return deliveries;
    }

    /** Deliveries by submission and state. */
    static Map<Long, Map<DeliveryState, Long>> states(List<Delivery> deliveries) {
        Map<Long, Map<DeliveryState, Long>> states = new HashMap<>();
        deliveries.forEach(
                delivery -> states.computeIfAbsent(delivery.submissionId(), id -> new EnumMap<>(DeliveryState.class))
                        .merge(delivery.state(), 1L, Long::sum));
        return states;
    }

    /** Where a budget row is not the sum of its postings. */
    List<String> faults(DemoTenant tenant) {
        BudgetLedger ledger = new BudgetLedger(node.pool(), node.clock());
        return Stage.await(ledger.verify(tenant.organisationId(), node.clock().platformMonth()));
    }
}
