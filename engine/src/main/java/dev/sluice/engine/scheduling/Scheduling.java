package dev.sluice.engine.scheduling;

import dev.sluice.engine.channel.Channels;
import dev.sluice.engine.directory.Directory;
import dev.sluice.engine.model.IdSequence;
import dev.sluice.engine.quota.CalendarEdge;
import dev.sluice.engine.quota.GateLines;
import dev.sluice.engine.quota.PeopleGate;
import dev.sluice.engine.quota.SlotGates;
import dev.sluice.engine.receipt.ReceiptStore;
import dev.sluice.engine.recovery.CrashPoints;
import dev.sluice.engine.recovery.DoubtStore;
import dev.sluice.engine.scheduling.lease.HeartbeatVerticle;
import dev.sluice.engine.scheduling.lease.LeaseStore;
import dev.sluice.engine.scheduling.lease.NodeLease;
import dev.sluice.engine.scheduling.queue.LaneReads;
import dev.sluice.engine.scheduling.queue.LaneStore;
import dev.sluice.engine.scheduling.status.LaneStatusBoard;
import dev.sluice.engine.scheduling.wake.OwnedChannels;
import dev.sluice.engine.sending.CallFence;
import dev.sluice.engine.sending.OutcomePolicy;
import dev.sluice.engine.sending.PlatformAddresses;
import dev.sluice.engine.sending.PlatformClientOptions;
import dev.sluice.engine.sending.SenderPool;
import dev.sluice.engine.sending.SenderVerticle;
import dev.sluice.engine.sending.TokenCache;
import dev.sluice.engine.settling.IntentStore;
import dev.sluice.engine.settling.Intents;
import dev.sluice.engine.settling.SettleStore;
import dev.sluice.engine.settling.Settler;
import dev.sluice.engine.time.EngineClock;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.random.RandomGenerator;

/**
 * The scheduling and sending side of a node, put together: heartbeat, senders, schedulers. Started after the node has its slot, stopped before the pools: first
 * the schedulers (nothing new, in-flight calls end), then the senders, then the leases go back.
 */
public final class Scheduling {
    /** How far this node's clock and the platform's may be apart at midnight. */
    private static final long CLOCK_ERROR_MILLIS = 1_000;

    private final Parts parts;
    private final OwnedChannels owned;
    private final List<String> schedulers = new ArrayList<>();
    private final List<String> senders = new ArrayList<>();
    private String heartbeat;

    /**
     * What scheduling works with. Pools and clients are lent: whoever made them closes them.
     *
     * @param vertx the process' Vert.x
     * @param pool Postgres
     * @param heartbeatPool Postgres, for the node's lease alone
     * @param callsPool Postgres, for intents and outcomes alone: made by {@code PgPools.keyed}
     * @param lanesPool Postgres, for what lanes read: made by {@code PgPools.keyed}
     * @param clock time
     * @param random jitter
     * @param lease the node's lease
     * @param ids call ids
     * @param directory tenants, channels, limits
     * @param channels adapters
     * @param slots limits over all nodes
     * @param lines where lanes stand in line at limits that they share
     * @param people limits by person
     * @param tokens access tokens
     * @param addresses where the platforms are
     * @param client bounds of the connections to them
     * @param outcomes what outcomes mean
     * @param trouble where lanes' trouble is written
     * @param meters what is counted
     * @param board where lanes say what holds them
     * @param owned which channels this node schedules
     * @param crashes told when a node may die with something half done
     */
    public record Parts(
            Vertx vertx,
            Pool pool,
            Pool heartbeatPool,
            Pool callsPool,
            Pool lanesPool,
            EngineClock clock,
            RandomGenerator random,
            NodeLease lease,
            IdSequence ids,
            Directory directory,
            Channels channels,
            SlotGates slots,
            GateLines lines,
            PeopleGate people,
            TokenCache tokens,
            PlatformAddresses addresses,
            PlatformClientOptions client,
            OutcomePolicy outcomes,
            ChannelTrouble trouble,
            DeliveryMeters meters,
            LaneStatusBoard board,
            OwnedChannels owned,
            CrashPoints crashes) {}

    /**
     * How large.
     *
     * @param node the node's name
     * @param schedulerInstances event loops that schedule; apps are spread over them
     * @param senderInstances event loops that send
     * @param mostCallsInFlight calls without an answer, of the whole node
     * @param lane bounds of each lane
     * @param nodeLeaseMillis how long a node's lease lasts
     * @param renewMillis how often it is renewed
     * @param nodeLost what to do when the node's slot belongs to another
     */
    public record Sizes(
            String node,
            int schedulerInstances,
            int senderInstances,
            int mostCallsInFlight,
            LaneSettings lane,
            long nodeLeaseMillis,
            long renewMillis,
            Runnable nodeLost) {}

    private Scheduling(Parts parts) {
        this.parts = parts;
        this.owned = parts.owned();
    }

    /**
     * Takes a node slot: the first thing that a node does, since ids need it. Fails when all slots are taken.
     *
     * @param schedules whether it takes a share of the apps
     */
    public static Future<NodeLease> join(
            LeaseStore leases, String node, long leaseMillis, boolean schedules, EngineClock clock) {
        UUID incarnation = UUID.randomUUID();
        long askedAtNanos = clock.nanoTime();
        return leases.takeSlot(node, incarnation, leaseMillis, schedules)
                .map(slot -> slot.orElseThrow(() -> new IllegalStateException("all 256 node slots are taken")))
                .map(slot -> new NodeLease(incarnation, slot, leaseMillis, askedAtNanos, clock));
    }

    /** Deploys everything; lanes start to move at once. */
    public static Future<Scheduling> start(Parts parts, Sizes sizes) {
        return new Scheduling(parts).deploy(sizes);
    }

    /** Nothing new is sent, what is in flight ends, the leases go back. */
    public Future<Void> stop() {
        return undeploy(schedulers)
                .compose(done -> undeploy(senders))
                .compose(done -> heartbeat == null
                        ? Future.succeededFuture()
                        : parts.vertx().undeploy(heartbeat));
    }

    private Future<Scheduling> deploy(Sizes sizes) {
        Vertx vertx = parts.vertx();
        SenderPool pool = new SenderPool(vertx);
        CallFence fence = new CallFence(
                parts.lease(),
                parts.clock(),
                sizes.lane().timing().grantAgeMillis(),
                sizes.lane().timing().deadlineMillis());
        HeartbeatVerticle beat = new HeartbeatVerticle(
                new LeaseStore(parts.heartbeatPool()),
                parts.lease(),
                parts.clock(),
                sizes.nodeLeaseMillis(),
                sizes.renewMillis(),
                sizes.nodeLost());
        return vertx.deployVerticle(beat)
                .onSuccess(id -> heartbeat = id)
                .compose(id -> vertx.deployVerticle(
                        () -> new SenderVerticle(
                                parts.channels(),
                                parts.tokens(),
                                parts.addresses(),
                                parts.client(),
                                fence,
                                parts.clock(),
                                pool),
                        new DeploymentOptions().setInstances(sizes.senderInstances())))
                .onSuccess(senders::add)
                .compose(id -> deploySchedulers(sizes, pool))
                .map(done -> this);
    }

    private Future<Void> deploySchedulers(Sizes sizes, SenderPool pool) {
        Future<Void> chain = Future.succeededFuture();
        for (int i = 0; i < sizes.schedulerInstances(); i++) {
            SchedulerVerticle scheduler = scheduler(sizes, pool, i);
            chain = chain.compose(done -> parts.vertx().deployVerticle(scheduler))
                    .onSuccess(schedulers::add)
                    .mapEmpty();
        }
        return chain;
    }

    private SchedulerVerticle scheduler(Sizes sizes, SenderPool senderPool, int index) {
        int callsInFlight = Math.max(1, sizes.mostCallsInFlight() / sizes.schedulerInstances());
        return new SchedulerVerticle(
                new SchedulerPart(index, sizes.schedulerInstances(), callsInFlight, sizes.node()),
                schedulerPorts(),
                (vertx, turns) -> lanePorts(vertx, turns, sizes, senderPool));
    }

    private SchedulerPorts schedulerPorts() {
        return new SchedulerPorts(
                parts.directory(),
                parts.channels(),
                parts.lease(),
                new LeaseStore(parts.pool()),
                new DoubtStore(parts.pool()),
                new ReceiptStore(parts.pool()),
                parts.board(),
                owned);
    }

    private LanePorts lanePorts(Vertx vertx, TenantTurns turns, Sizes sizes, SenderPool senderPool) {
        UUID incarnation = parts.lease().incarnation();
        IntentStore intents = new IntentStore(parts.callsPool(), incarnation, sizes.node());
        LaneStore store = new LaneStore(parts.lanesPool());
        return new LanePorts(
                vertx,
                parts.clock(),
                parts.random(),
                parts.ids(),
                store,
                parts.slots(),
                parts.lines(),
                parts.people(),
                parts.tokens(),
                new Intents(vertx, intents),
                senderPool,
                new Settler(
                        vertx,
                        new SettleStore(parts.callsPool(), incarnation),
                        parts.crashes(),
                        parts.meters()::settled),
                parts.outcomes(),
                turns,
                new LaneReads(vertx, store),
                parts.trouble(),
                parts.meters(),
                CalendarEdge.of(sizes.lane().timing(), CLOCK_ERROR_MILLIS),
                sizes.lane(),
                LanePorts.closedHosts(),
                parts.crashes());
    }

    private Future<Void> undeploy(List<String> deployments) {
        return Future.join(deployments.stream().map(parts.vertx()::undeploy).toList())
                .otherwiseEmpty()
                .mapEmpty();
    }
}
