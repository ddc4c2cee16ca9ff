package dev.sluice.loadtest.bench;

import dev.sluice.engine.model.BudgetPool;
import dev.sluice.engine.model.CallState;
import dev.sluice.engine.model.DeliveryKey;
import dev.sluice.engine.model.DeliveryState;
import dev.sluice.engine.model.IdSequence;
import dev.sluice.engine.model.PlatformCode;
import dev.sluice.engine.model.Purpose;
import dev.sluice.engine.query.DeliveryReader;
import dev.sluice.engine.scheduling.queue.LaneStore;
import dev.sluice.engine.sending.OutcomePolicy.Charge;
import dev.sluice.engine.settling.CallAnswer;
import dev.sluice.engine.settling.CallIntent;
import dev.sluice.engine.settling.DeliveryChange;
import dev.sluice.engine.settling.IntentStore;
import dev.sluice.engine.settling.SettleStore;
import dev.sluice.engine.settling.Settlement;
import dev.sluice.engine.store.PgPools;
import dev.sluice.loadtest.bench.meter.Explained;
import dev.sluice.loadtest.bench.meter.Heap;
import dev.sluice.loadtest.bench.report.Figure;
import dev.sluice.loadtest.bench.report.Report;
import dev.sluice.loadtest.bench.stage.Backlog;
import dev.sluice.loadtest.bench.stage.BenchNode;
import dev.sluice.loadtest.bench.stage.BenchTenant;
import dev.sluice.loadtest.bench.stage.PeopleFile;
import dev.sluice.loadtest.client.Patience;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Whether the hot statements and the heap know how much is waiting: the engine's own stores, timed and explained beside a lane that is held. */
final class BacklogBench {
    private static final int PEOPLE = 100;
    private static final int WARM_UP = 20;
    private static final int RUNS = 60;
    private static final int A_PAGE = 50;
    private static final DeliveryKey NEWEST = new DeliveryKey(Long.MAX_VALUE, Integer.MAX_VALUE);

    private final BenchNode node;
    private final Scale scale;
    private final Report report;
    private final Explained explained;
    /** What lanes read, intents and outcomes are planned otherwise than the rest. */
    private final Explained keyed;

    private final IdSequence ids = new IdSequence(System::currentTimeMillis, 253);
    private int nextOrdinal;

    BacklogBench(BenchNode node, Scale scale, Report report) {
        this.node = node;
        this.scale = scale;
        this.report = report;
        this.explained = new Explained(node.pool());
        this.keyed = new Explained(PgPools.keyed(
                node.vertx(), node.parts().postgres(), node.parts().postgresTimeouts(), "keyed", 2, 2));
    }

    void run() {
        for (int deliveries : scale.backlogs()) {
            report.progress("%,d waiting deliveries".formatted(deliveries));
            measure(Backlog.make(node, deliveries), "%,d waiting".formatted(deliveries));
        }
    }

    private void measure(Backlog backlog, String size) {
        Lease lease = lease(backlog.tenant().appId());
        IntentStore intents = new IntentStore(keyed.pool(), lease.incarnation(), "bench");
        SettleStore settles = new SettleStore(keyed.pool(), lease.incarnation());
        LaneStore lanes = new LaneStore(keyed.pool());
        DeliveryReader deliveries = new DeliveryReader(explained.pool());
        List<Long> calls = new ArrayList<>();
        List<List<DeliveryKey>> batches = new ArrayList<>();
        nextOrdinal = 0;
        time(
                "open submissions",
                size,
                keyed,
                () -> lanes.open(List.of(new LaneStore.Look(backlog.tenant().channelId(), List.of(), 1_000))));
        time(
                "read a page of 1,000",
                size,
                keyed,
                () -> lanes.waiting(List.of(new LaneStore.Pages(backlog.work(), 1_000))));
        time("intent of 100", size, keyed, () -> {
            calls.add(ids.next());
            batches.add(batch(backlog));
            return intents.commit(List.of(intent(backlog, lease, calls.getLast(), batches.getLast())));
        });
        time("settle 100", size, keyed, () -> {
            int at = calls.size() - 1;
            return settles.settle(List.of(settlement(backlog, lease, calls.remove(at), batches.remove(at))));
        });
        time(
                "one person's deliveries",
                size,
                explained,
                () -> deliveries.ofRecipient(
                        backlog.tenant().tenantId(),
                        PeopleFile.user(backlog.people() / 2),
                        0,
                        Long.MAX_VALUE,
                        NEWEST,
                        A_PAGE));
        report.add(Figure.of(
                "  heap after GC, " + size, "MB", List.of(Heap.usedMegabytes()), "engine, simulator and client"));
    }

    /** Times a statement and keeps its plan. */
    private void time(String what, String size, Explained explained, Supplier<Future<?>> statement) {
        List<Double> millis = new ArrayList<>();
        for (int i = 0; i < WARM_UP + RUNS; i++) {
            long startedNanos = System.nanoTime();
            BenchNode.await(statement.get());
            if (i >= WARM_UP) {
                millis.add((System.nanoTime() - startedNanos) / 1e6);
            }
        }
        explained.explainNext();
        BenchNode.await(statement.get());
        report.add(Figure.of(what + ", " + size, "ms", millis, ""));
        report.appendix(what + ", " + size, explained.plan());
    }

    private List<DeliveryKey> batch(Backlog backlog) {
        int first = nextOrdinal;
        nextOrdinal += PEOPLE;
        return IntStream.range(first, nextOrdinal)
                .mapToObj(ordinal -> new DeliveryKey(backlog.submissionId(), ordinal))
                .toList();
    }

    private CallIntent intent(Backlog backlog, Lease lease, long callId, List<DeliveryKey> batch) {
        BenchTenant tenant = backlog.tenant();
        return new CallIntent(
                tenant.tenantId(),
                callId,
                tenant.appId(),
                lease.epoch(),
                tenant.channelId(),
                tenant.organisationId(),
                Purpose.SEND,
                0,
                "bench",
                batch,
                LocalDate.now(ZoneId.of("Asia/Shanghai")).withDayOfMonth(1),
                BudgetPool.API,
                1,
                true,
                0);
    }

    private static Settlement settlement(Backlog backlog, Lease lease, long callId, List<DeliveryKey> batch) {
        long tenantId = backlog.tenant().tenantId();
        CallAnswer answer = new CallAnswer(
                tenantId, callId, CallState.OPEN, CallState.ACCEPTED, Charge.SPENT, "task", PlatformCode.NONE, -1);
        List<DeliveryChange> changes = batch.stream()
                .map(key -> new DeliveryChange(
                        tenantId, key, DeliveryState.WAITING, DeliveryState.SENT, null, callId, callId, 0))
                .toList();
        return new Settlement(backlog.tenant().appId(), lease.epoch(), List.of(answer), changes, List.of());
    }

    /** The node's own lease of the app: it claims the app because there is work, and sends nothing because the channel is paused. */
    private Lease lease(long appId) {
        for (int look = 0; look < 100; look++) {
            for (Row row : node.sql(
                    "SELECT incarnation, epoch FROM app_lease WHERE app_id = $1 AND incarnation IS NOT NULL", appId)) {
                return new Lease(row.getUUID(0), row.getLong(1));
            }
            Patience.pause(100);
        }
        throw new IllegalStateException("the node did not claim app " + appId);
    }

    private record Lease(UUID incarnation, long epoch) {}
}
