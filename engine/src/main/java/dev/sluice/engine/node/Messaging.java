package dev.sluice.engine.node;

import dev.sluice.engine.channel.Channels;
import dev.sluice.engine.channel.PlatformRequest.ApiFamily;
import dev.sluice.engine.channel.TokenProtocol;
import dev.sluice.engine.channel.dingtalk.AdapterOptions;
import dev.sluice.engine.channel.dingtalk.DingTalkChannels;
import dev.sluice.engine.channel.dingtalk.DingTalkTokens;
import dev.sluice.engine.config.EngineConfig;
import dev.sluice.engine.config.NodeRole;
import dev.sluice.engine.directory.PgDirectory;
import dev.sluice.engine.ingestion.IngestionBounds;
import dev.sluice.engine.ingestion.IngestionMeters;
import dev.sluice.engine.ingestion.IngestionParts;
import dev.sluice.engine.ingestion.IngestionVerticle;
import dev.sluice.engine.metrics.Meters;
import dev.sluice.engine.model.IdSequence;
import dev.sluice.engine.model.PriorityClass;
import dev.sluice.engine.quota.BudgetAudit;
import dev.sluice.engine.quota.BudgetGrants;
import dev.sluice.engine.quota.BudgetLedger;
import dev.sluice.engine.quota.BudgetWatch;
import dev.sluice.engine.quota.GateLines;
import dev.sluice.engine.quota.RedisPeopleGate;
import dev.sluice.engine.quota.RedisSlotGates;
import dev.sluice.engine.quota.SlotTiming;
import dev.sluice.engine.quota.SlotsInLine;
import dev.sluice.engine.quota.StoredCallHistory;
import dev.sluice.engine.quota.StoredPeopleHistory;
import dev.sluice.engine.scheduling.DeliveryMeters;
import dev.sluice.engine.scheduling.LaneSettings;
import dev.sluice.engine.scheduling.PgChannelTrouble;
import dev.sluice.engine.scheduling.Scheduling;
import dev.sluice.engine.scheduling.lease.HeartbeatVerticle;
import dev.sluice.engine.scheduling.lease.LeaseStore;
import dev.sluice.engine.scheduling.lease.NodeLease;
import dev.sluice.engine.scheduling.status.RedisLaneStatusBoard;
import dev.sluice.engine.scheduling.wake.OwnedChannels;
import dev.sluice.engine.scheduling.wake.PgWakeUps;
import dev.sluice.engine.secret.SecretBox;
import dev.sluice.engine.sending.OutcomePolicy;
import dev.sluice.engine.sending.PlatformAddresses;
import dev.sluice.engine.sending.PlatformClient;
import dev.sluice.engine.sending.PlatformClientOptions;
import dev.sluice.engine.sending.RetryPolicy;
import dev.sluice.engine.sending.TokenCache;
import dev.sluice.engine.sending.TokenCalls;
import dev.sluice.engine.store.PgPools;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Tags;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * From an accepted request to a settled delivery: the parts of a node that make messages move, and what they share. Parts are made when they start, since each
 * needs what the ones in front of it brought.
 */
final class Messaging {
    private static final Logger log = LoggerFactory.getLogger(Messaging.class);
    private static final long DIRECTORY_REFRESH_MILLIS = 5_000;
    private static final int MOST_REPLY_BYTES = 1 << 20;
    private static final int KEEP_ALIVE_SECONDS = 30;
    /** Deliveries of a submission read at once. */
    private static final int PAGE = 1_000;
    /** Intents and outcomes are written in two groups each at a time. */
    private static final int CALLS_CONNECTIONS = 4;
    /** Look-ups of keys at a time, beside a commit of each instance of the send API: a key is looked up every few seconds. */
    private static final int KEY_CONNECTIONS = 2;
    /** Reads of lanes that wait for one of as many connections: more than all scheduler instances ask for at once. */
    private static final int LANES_WAITING = 64;
    /** Grants are told; this is for a word that got lost. */
    private static final long MONTH_HOLD_MILLIS = 60_000;
    /** What a node that lost its slot ends with: supervisors start it again. */
    private static final int EXIT_LOST_SLOT = 3;

    private final NodeParts node;
    private final EngineConfig config;
    private final PgDirectory directory;
    private final Channels channels;
    private final RedisLaneStatusBoard board;
    private final OwnedChannels owned = new OwnedChannels();
    private final PgWakeUps wakeUps;
    private final BudgetLedger ledger;
    private NodeLease lease;
    private IdSequence ids;
    private Pool heartbeatPool;
    private Pool acceptancePool;
    private IngestionMeters ingestionMeters;
    private Pool callsPool;
    private Pool lanesPool;
    private Scheduling scheduling;

    Messaging(NodeParts node) {
        this.node = node;
        this.config = node.config();
        this.directory = new PgDirectory(
                node.vertx(),
                node.pool(),
                node.postgres(),
                node.postgresTimeouts(),
                new SecretBox(node.masterKeys(), new SecureRandom()),
                node.clock(),
                DIRECTORY_REFRESH_MILLIS);
        this.channels = new Channels(DingTalkChannels.adapters(adapterOptions(config)));
        this.board = new RedisLaneStatusBoard(node.redis());
        this.wakeUps = new PgWakeUps(node.vertx(), node.postgres(), node.postgresTimeouts(), node.pool(), owned);
        this.ledger = new BudgetLedger(node.pool(), node.clock());
    }

    /** The parts of the configured roles, in order of start. */
    List<EnginePart> parts() {
        List<EnginePart> parts = new ArrayList<>();
        Gauge.builder("sluice.channels.paused", directory, PgDirectory::pausedChannels)
                .description("Channels that a person or a platform's refusal paused, or whose app cannot be used.")
                .register(node.meters());
        parts.add(EnginePart.of("directory", directory::start, directory::stop));
        parts.add(EnginePart.verticle("upkeep", node.vertx(), this::upkeep, 1));
        int monthsKept = config.retention().months();
        if (monthsKept > 0) {
            parts.add(EnginePart.verticle(
                    "retention", node.vertx(), () -> new RetentionVerticle(node.postgres(), monthsKept), 1));
        }
        parts.add(EnginePart.of("node lease", this::join, this::leave));
        parts.add(EnginePart.of("wake-ups", wakeUps::start, wakeUps::close));
        if (config.node().has(NodeRole.SCHEDULER)) {
            parts.add(EnginePart.of("scheduling", this::startScheduling, this::stopScheduling));
        }
        if (config.node().has(NodeRole.INGESTION)) {
            parts.add(EnginePart.of("acceptance connections", this::openAcceptance, () -> acceptancePool.close()));
            EnginePart sendApi = EnginePart.verticle("send API", node.vertx(), this::ingestion, eventLoops());
            parts.add(ListenAddress.http(config).openedBy(sendApi));
        }
        return parts;
    }

    private UpkeepVerticle upkeep() {
        BudgetWatch watch =
                new BudgetWatch(ledger, new BudgetAudit(node.pool()), new BudgetGrants(node.pool()), node.clock());
        PeopleInDoubt doubts = new PeopleInDoubt(node.pool());
        Gauge.builder("sluice.people.in.doubt", doubts, PeopleInDoubt::people)
                .description("People of whom nobody knows whether they got it, of all tenants; counted each minute.")
                .register(node.meters());
        return new UpkeepVerticle(node.pool(), watch, doubts, directory);
    }

    /** A node's ids and its right to act hang on its slot, so this comes before anything that makes either. */
    private Future<Void> join() {
        heartbeatPool = PgPools.create(
                node.vertx(), node.postgres(), node.postgresTimeouts(), "heartbeat", HeartbeatVerticle.CONNECTIONS, 16);
        return Scheduling.join(
                        new LeaseStore(heartbeatPool),
                        config.node().name(),
                        config.leases().nodeLeaseMillis(),
                        config.node().has(NodeRole.SCHEDULER),
                        node.clock())
                .onSuccess(taken -> {
                    lease = taken;
                    Gauge.builder("sluice.node.leased", taken, held -> held.holdsFor(0) ? 1 : 0)
                            .description("1 while Postgres renews what this node's right to call hangs on.")
                            .register(node.meters());
                    ids = new IdSequence(node.clock()::millis, taken.slot());
                })
                .compose(taken -> config.node().has(NodeRole.SCHEDULER)
                        ? Future.succeededFuture()
                        : node.vertx().deployVerticle(heartbeat()))
                .mapEmpty();
    }

    /** A node without schedulers renews its slot by itself: its ids hang on it. */
    private HeartbeatVerticle heartbeat() {
        return new HeartbeatVerticle(
                new LeaseStore(heartbeatPool),
                lease,
                node.clock(),
                config.leases().nodeLeaseMillis(),
                config.leases().renewMillis(),
                Messaging::endProcess);
    }

    private Future<Void> leave() {
        return new LeaseStore(heartbeatPool).leave(lease.incarnation()).eventually(heartbeatPool::close);
    }

    /**
     * Commits of messages and look-ups of keys have connections of their own: however much is read, they do not wait for it. All instances of the send API count
     * together.
     */
    private Future<Void> openAcceptance() {
        acceptancePool = PgPools.create(
                node.vertx(),
                node.postgres(),
                node.postgresTimeouts(),
                "acceptance",
                eventLoops() * IngestionVerticle.COMMIT_CONNECTIONS + KEY_CONNECTIONS,
                config.postgres().poolWaiting());
        EngineConfig.Ingestion bounds = config.ingestion();
        ingestionMeters = new IngestionMeters(
                node.meters(), (long) eventLoops() * bounds.rowsQueued(), (long) eventLoops() * bounds.uploads());
        return Future.succeededFuture();
    }

    private IngestionVerticle ingestion() {
        EngineConfig.Http http = config.http();
        EngineConfig.Ingestion bounds = config.ingestion();
        IngestionParts parts = new IngestionParts(
                acceptancePool,
                node.pool(),
                directory,
                channels::adapter,
                wakeUps,
                board,
                ids,
                node.clock(),
                ingestionMeters,
                new IngestionBounds(
                        http.bodyBytes(),
                        http.requestMillis(),
                        Math.max(1, http.idleMillis() / 1_000),
                        http.connections(),
                        http.connectionsPerAddress(),
                        http.requestsPerTenant(),
                        bounds.rowsPerCommit(),
                        bounds.rowsQueued(),
                        bounds.tenantPercent(),
                        bounds.recordMillis(),
                        bounds.uploads(),
                        bounds.uploadStallMillis()),
                node.crashes());
        return new IngestionVerticle(
                parts, http.listener().host(), http.listener().port());
    }

    private Future<Void> startScheduling() {
        EngineConfig.Sending sending = config.sending();
        SlotTiming timing = timing(sending);
        PlatformAddresses addresses = addresses(config.platforms());
        callsPool = keyed("calls", CALLS_CONNECTIONS);
        lanesPool = keyed("lanes", LANES_WAITING);
        PlatformClientOptions client = new PlatformClientOptions(
                sending.connectTimeoutMillis(),
                sending.callDeadlineMillis(),
                MOST_REPLY_BYTES,
                sending.connectionsPerHost(),
                sending.callsInFlight(),
                KEEP_ALIVE_SECONDS);
        RedisSlotGates slots = new RedisSlotGates(
                node.vertx(), node.redis(), new StoredCallHistory(node.pool(), timing), timing, node.clock());
        RedisPeopleGate people =
                new RedisPeopleGate(node.vertx(), node.redis(), new StoredPeopleHistory(node.pool()), timing);
        GateLines lines = new GateLines(GateLines.Clockwork.of(node.vertx(), node.clock()));
        Gauge.builder("sluice.gate.lines.waiting", lines::waiting)
                .description("Who stands in line at gates that lanes of many apps share.")
                .register(node.meters());
        Meters.bounded(
                node.meters(),
                "sluice.gates.rebuilding",
                "Gates that Redis does not know (any more) and that stay shut until they are rebuilt.",
                Tags.empty(),
                () -> slots.rebuilding() + people.rebuilding(),
                slots.mostRebuilding() + people.mostRebuilding());
        Scheduling.Parts parts = new Scheduling.Parts(
                node.vertx(),
                node.pool(),
                heartbeatPool,
                callsPool,
                lanesPool,
                node.clock(),
                new SplittableRandom(),
                lease,
                ids,
                directory,
                channels,
                slots,
                lines,
                people,
                new TokenCache(
                        node.vertx(),
                        new TokenCalls(
                                node.vertx(),
                                new PlatformClient(node.vertx(), addresses, client, node.clock()),
                                tokenProtocols(adapterOptions(config)),
                                new SlotsInLine(node.vertx(), slots, lines, PriorityClass.CRITICAL),
                                timing,
                                node.clock()),
                        node.clock(),
                        new SplittableRandom()),
                addresses,
                client,
                new OutcomePolicy(
                        new RetryPolicy(sending.attempts(), sending.retryBaseMillis(), sending.retryCapMillis()),
                        config.limits().meteredOnError()),
                new PgChannelTrouble(node.pool(), new ExhaustedMonths(ledger, node.clock())::book),
                new DeliveryMeters(node.meters()),
                board,
                owned,
                node.crashes());
        return Scheduling.start(parts, sizes(sending))
                .onSuccess(started -> scheduling = started)
                .mapEmpty();
    }

    private Future<Void> stopScheduling() {
        return scheduling.stop().eventually(() -> Future.join(callsPool.close(), lanesPool.close()));
    }

    private Pool keyed(String name, int waiting) {
        return PgPools.keyed(node.vertx(), node.postgres(), node.postgresTimeouts(), name, CALLS_CONNECTIONS, waiting);
    }

    private static SlotTiming timing(EngineConfig.Sending sending) {
        return new SlotTiming(sending.grantAgeMillis(), sending.callDeadlineMillis(), sending.latenessMillis());
    }

    private Scheduling.Sizes sizes(EngineConfig.Sending sending) {
        return new Scheduling.Sizes(
                config.node().name(),
                1,
                eventLoops(),
                sending.callsInFlight(),
                new LaneSettings(PAGE, sending.callsInFlightPerLane(), timing(sending), MONTH_HOLD_MILLIS),
                config.leases().nodeLeaseMillis(),
                config.leases().renewMillis(),
                Messaging::endProcess);
    }

    /** Not on the event loop that learnt of it: the exit waits for the parts to stop, and some of them stop there. */
    private static void endProcess() {
        log.error("Ending this process, so that it starts anew with a slot of its own");
        Thread.ofPlatform()
                .name("sluice-lost-slot")
                .start(() -> Runtime.getRuntime().exit(EXIT_LOST_SLOT));
    }

    private static int eventLoops() {
        return Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
    }

    private static AdapterOptions adapterOptions(EngineConfig config) {
        EngineConfig.Platforms platforms = config.platforms();
        return new AdapterOptions(
                config.node().egressId(),
                switch (config.limits().peoplePerMinuteScope()) {
                    case APP -> AdapterOptions.PeopleScope.APP;
                    case ORGANISATION -> AdapterOptions.PeopleScope.ORGANISATION;
                },
                platforms.robotPeoplePerCall(),
                platforms.robotParamBytes(),
                platforms.receiptAfterMillis(),
                platforms.msgUuidMillis());
    }

    private static PlatformAddresses addresses(EngineConfig.Platforms platforms) {
        return new PlatformAddresses(Map.of(
                ApiFamily.DINGTALK_OAPI, platforms.dingTalkOapiBaseUrl(),
                ApiFamily.DINGTALK_API, platforms.dingTalkApiBaseUrl()));
    }

    private static Map<ApiFamily, TokenProtocol> tokenProtocols(AdapterOptions options) {
        return Map.of(
                ApiFamily.DINGTALK_OAPI, new DingTalkTokens(ApiFamily.DINGTALK_OAPI, options),
                ApiFamily.DINGTALK_API, new DingTalkTokens(ApiFamily.DINGTALK_API, options));
    }
}
