package dev.sluice.engine.testkit;

import dev.sluice.engine.channel.Channels;
import dev.sluice.engine.channel.PlatformRequest.ApiFamily;
import dev.sluice.engine.channel.TokenProtocol;
import dev.sluice.engine.channel.dingtalk.AdapterOptions;
import dev.sluice.engine.channel.dingtalk.DingTalkChannels;
import dev.sluice.engine.channel.dingtalk.DingTalkTokens;
import dev.sluice.engine.directory.OrganisationEntry;
import dev.sluice.engine.directory.PgDirectory;
import dev.sluice.engine.model.IdSequence;
import dev.sluice.engine.model.PriorityClass;
import dev.sluice.engine.quota.BudgetLedger;
import dev.sluice.engine.quota.GateLines;
import dev.sluice.engine.quota.RedisPeopleGate;
import dev.sluice.engine.quota.RedisSlotGates;
import dev.sluice.engine.quota.SlotTiming;
import dev.sluice.engine.quota.SlotsInLine;
import dev.sluice.engine.quota.StoredCallHistory;
import dev.sluice.engine.quota.StoredPeopleHistory;
import dev.sluice.engine.recovery.CrashPoints;
import dev.sluice.engine.redis.RedisCommands;
import dev.sluice.engine.scheduling.DeliveryMeters;
import dev.sluice.engine.scheduling.LaneSettings;
import dev.sluice.engine.scheduling.PgChannelTrouble;
import dev.sluice.engine.scheduling.Scheduling;
import dev.sluice.engine.scheduling.hold.Trouble;
import dev.sluice.engine.scheduling.lease.LeaseStore;
import dev.sluice.engine.scheduling.lease.NodeLease;
import dev.sluice.engine.scheduling.status.RedisLaneStatusBoard;
import dev.sluice.engine.scheduling.wake.OwnedChannels;
import dev.sluice.engine.scheduling.wake.PgWakeUps;
import dev.sluice.engine.sending.OutcomePolicy;
import dev.sluice.engine.sending.PlatformAddresses;
import dev.sluice.engine.sending.PlatformClient;
import dev.sluice.engine.sending.PlatformClientOptions;
import dev.sluice.engine.sending.RetryPolicy;
import dev.sluice.engine.sending.TokenCache;
import dev.sluice.engine.sending.TokenCalls;
import dev.sluice.engine.store.PgPools;
import dev.sluice.engine.store.PgTimeouts;
import dev.sluice.engine.time.EngineClock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** The scheduling and sending side of one node, on a Vert.x of its own, as the scenario tests run it. */
public final class TestNode {
    /**
     * Times that a scenario may want other than usual.
     *
     * @param deadlineMillis call deadline
     * @param latenessMillis how late a request may arrive
     * @param nodeLeaseMillis node lease
     * @param meteredOnError what the ledger assumes
     * @param receiptAfterMillis when a task is first asked for its result
     */
    public record Settings(
            long deadlineMillis,
            long latenessMillis,
            long nodeLeaseMillis,
            boolean meteredOnError,
            long receiptAfterMillis) {
        /** Short enough that doubt resolves within a test, long enough that a machine that stutters causes none. */
        public static final Settings QUICK = new Settings(3_000, 1_000, 10_000, false, 300);
    }

    /** Longer than any test waits: only a word that it changed ends it. */
    private static final long MONTH_HOLD_MILLIS = 3_600_000;

    /** Longer than in production: test machines are slow, and an abandoned grant costs a second attempt, not correctness. */
    private static final long GRANT_AGE_MILLIS = 1_000;

    private final Vertx vertx = Vertx.vertx();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final PgDirectory directory;
    private final PgWakeUps wakeUps;
    private final Pool pool;
    private final Pool heartbeatPool;
    private final Pool callsPool;
    private final Pool lanesPool;
    private final GateLines lines;
    private Scheduling scheduling;

    private TestNode(TestWorld world, String name, Settings settings, CrashPoints crashes) {
        EngineClock clock = EngineClock.system();
        pool = pool(world, "node", 8);
        heartbeatPool = pool(world, "heartbeat", 1);
        callsPool = keyed(world, "calls");
        lanesPool = keyed(world, "lanes");
        RedisCommands redis = world.redis().commands(vertx);
        directory = new PgDirectory(
                vertx, pool, world.database().connectOptions(), PgTimeouts.STANDARD, world.secrets(), clock, 500);
        TestWaiting.await(directory.start());
        NodeLease lease =
                TestWaiting.await(Scheduling.join(new LeaseStore(pool), name, settings.nodeLeaseMillis(), true, clock));
        OwnedChannels owned = new OwnedChannels();
        wakeUps = new PgWakeUps(vertx, world.database().connectOptions(), PgTimeouts.STANDARD, pool, owned);
        TestWaiting.await(wakeUps.start());
        SlotTiming timing = new SlotTiming(GRANT_AGE_MILLIS, settings.deadlineMillis(), settings.latenessMillis());
        PlatformAddresses addresses = new PlatformAddresses(Map.of(
                ApiFamily.DINGTALK_OAPI, world.simulator().baseUri().toString(),
                ApiFamily.DINGTALK_API, world.simulator().baseUri().toString()));
        PlatformClientOptions client = new PlatformClientOptions(
                Math.min(1_000, settings.deadlineMillis() - 1), settings.deadlineMillis(), 1 << 20, 128, 512, 30);
        Map<ApiFamily, TokenProtocol> tokenProtocols = Map.of(
                ApiFamily.DINGTALK_OAPI, new DingTalkTokens(ApiFamily.DINGTALK_OAPI, options(settings)),
                ApiFamily.DINGTALK_API, new DingTalkTokens(ApiFamily.DINGTALK_API, options(settings)));
        SplittableRandom random = new SplittableRandom(1);
        RedisSlotGates slots = new RedisSlotGates(vertx, redis, new StoredCallHistory(pool, timing), timing, clock);
        lines = new GateLines(GateLines.Clockwork.of(vertx, clock));
        TokenCalls tokenCalls = new TokenCalls(
                vertx,
                new PlatformClient(vertx, addresses, client, clock),
                tokenProtocols,
                new SlotsInLine(vertx, slots, lines, PriorityClass.CRITICAL),
                timing,
                clock);
        TokenCache tokens = new TokenCache(vertx, tokenCalls, clock, random);
        Scheduling.Parts parts = new Scheduling.Parts(
                vertx,
                pool,
                heartbeatPool,
                callsPool,
                lanesPool,
                clock,
                random,
                lease,
                new IdSequence(clock::millis, lease.slot()),
                directory,
                new Channels(DingTalkChannels.adapters(options(settings))),
                slots,
                lines,
                new RedisPeopleGate(vertx, redis, new StoredPeopleHistory(pool), timing),
                tokens,
                addresses,
                client,
                new OutcomePolicy(new RetryPolicy(5, 50, 500), settings.meteredOnError()),
                new PgChannelTrouble(pool, (organisation, said) -> exhausted(clock, organisation, said)),
                new DeliveryMeters(meters),
                new RedisLaneStatusBoard(redis),
                owned,
                crashes);
        scheduling = TestWaiting.await(Scheduling.start(
                parts,
                new Scheduling.Sizes(
                        name,
                        1,
                        1,
                        256,
                        new LaneSettings(1_000, 64, timing, MONTH_HOLD_MILLIS),
                        settings.nodeLeaseMillis(),
                        500,
                        () -> {})));
    }

    private Future<Void> exhausted(EngineClock clock, OrganisationEntry organisation, PgChannelTrouble.Exhausted said) {
        return new BudgetLedger(pool, clock)
                .exhausted(
                        organisation.id(),
                        clock.platformMonth(),
                        said.budgetPool(),
                        said.said().used(),
                        clock.now().plus(Duration.ofHours(1)));
    }

    private static AdapterOptions options(Settings settings) {
        AdapterOptions strict = AdapterOptions.strict();
        return new AdapterOptions(
                strict.egressId(),
                strict.peopleScope(),
                strict.robotPeoplePerCall(),
                strict.robotParamBytes(),
                settings.receiptAfterMillis(),
                strict.msgUuidMillis());
    }

    private Pool pool(TestWorld world, String name, int size) {
        return PgPools.create(vertx, world.database().connectOptions(), PgTimeouts.STANDARD, name, size, 1_000);
    }

    private Pool keyed(TestWorld world, String name) {
        return PgPools.keyed(vertx, world.database().connectOptions(), PgTimeouts.STANDARD, name, 4, 64);
    }

    static TestNode start(TestWorld world, String name, Settings settings, CrashPoints crashes) {
        return new TestNode(world, name, settings, crashes);
    }

    void wake(long channelId) {
        wakeUps.changed(List.of(channelId));
    }

    /** How many of its lanes are held by something that is out of order. */
    public double lanesHeld(Trouble cause) {
        return meters.get("sluice.lanes.held")
                .tag("cause", cause.gate())
                .gauge()
                .value();
    }

    /** How many deliveries came to a state, as its metric says. */
    public long settled(String state) {
        return (long) meters.get("sluice.deliveries.settled")
                .tag("state", state)
                .counter()
                .count();
    }

    /** How many stand in line at gates that they share. */
    public int inLine() {
        return lines.waiting();
    }

    /** Dies as far as the database can see: nothing is recorded any more, nothing is given back, no heartbeat comes. */
    public void crash() {
        if (scheduling != null) {
            scheduling = null;
            TestWaiting.await(callsPool.close());
            TestWaiting.await(lanesPool.close());
            TestWaiting.await(heartbeatPool.close());
            TestWaiting.await(pool.close());
            vertx.close();
        }
    }

    /** Stops gracefully. Harmless when it has stopped. */
    public void stop() {
        if (scheduling != null) {
            TestWaiting.await(scheduling.stop());
            scheduling = null;
            TestWaiting.await(wakeUps.close());
            TestWaiting.await(directory.stop());
            TestWaiting.await(pool.close());
            TestWaiting.await(callsPool.close());
            TestWaiting.await(lanesPool.close());
            TestWaiting.await(heartbeatPool.close());
            TestWaiting.await(vertx.close());
        }
    }
}
