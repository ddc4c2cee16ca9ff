package dev.sluice.loadtest.plan.check;

import dev.sluice.engine.testkit.TestDatabase;
import dev.sluice.engine.testkit.TestRedis;
import dev.sluice.engine.testkit.TestWaiting;
import dev.sluice.engine.testkit.TestWorld;
import dev.sluice.loadtest.plan.flow.Flows;
import dev.sluice.loadtest.plan.virtual.Flow;
import dev.sluice.loadtest.plan.virtual.Stock;
import dev.sluice.loadtest.scenario.TenantGroup;
import dev.sluice.simulator.fault.Effect;
import dev.sluice.simulator.fault.FaultRule;
import dev.sluice.simulator.fault.Latency;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** Runs cases side by side on the real engine against the simulator, each as an organisation of its own. Blocking. */
final class RealRuns implements AutoCloseable {
    private static final long SEED = 20261121L;
    private static final long LOOK_NANOS = 1_000_000;
    /** Longer than the window of calls a second, so that a call before it is forgotten. */
    private static final long WARM_NANOS = 2_000_000_000L;
    /** Longer than any case lasts, on any machine. */
    private static final Duration PATIENCE = Duration.ofMinutes(20);

    private final TestWorld world;
    private int organisations;

    RealRuns(TestDatabase database, TestRedis redis) {
        world = TestWorld.start(database, redis, "enterprise").people(5_000);
        world.simulator()
                .faults()
                .add(FaultRule.share(
                        100,
                        null,
                        SEED,
                        new Effect.DelayBefore(
                                new Latency.Uniform(CheckCase.FROM_MILLIS / 2, CheckCase.TO_MILLIS / 2))));
        world.simulator()
                .faults()
                .add(FaultRule.share(
                        100,
                        null,
                        SEED + 1,
                        new Effect.DelayAfter(
                                new Latency.Uniform(CheckCase.FROM_MILLIS / 2, CheckCase.TO_MILLIS / 2))));
        world.node("check");
    }

    /**
     * What came of a case.
     *
     * @param seconds from its first call to its last answer
     * @param calls how many it made
     */
    record Real(double seconds, long calls) {}

    /** A lane that is to be fed. */
    private record Feed(Flow flow, long channelId) {
        long nextMicros() {
            return flow.nextMicros();
        }
    }

    /** Runs all of them at once; by name. */
    Map<String, Real> run(List<CheckCase> cases) {
        Map<String, List<Long>> channels = new HashMap<>();
        List<Feed> feeds = new ArrayList<>();
        for (CheckCase one : cases) {
            channels.put(one.name(), open(one, feeds));
        }
        warm(channels.values().stream().flatMap(List::stream).toList());
        long from = world.number("SELECT (extract(epoch FROM clock_timestamp()) * 1e6)::bigint");
        feed(feeds);
        awaitSettled();
        Map<String, Real> results = new HashMap<>();
        channels.forEach((name, ids) -> results.put(name, result(ids, from)));
        return results;
    }

    /** The first call of an app waits until the node owns it and its gates are rebuilt, so one goes before the clock runs. */
    private void warm(List<Long> channels) {
        channels.forEach(channel -> world.submit(channel, "warm", TestWorld.users(4_999, 1), 0));
        awaitSettled();
        pauseUntil(System.nanoTime() + WARM_NANOS);
    }

    private void awaitSettled() {
        TestWaiting.until(
                PATIENCE,
                () -> world.number("SELECT count(*) FROM delivery WHERE state = 0") == 0,
                () -> world.number("SELECT count(*) FROM delivery WHERE state = 0") + " still wait");
    }

    private List<Long> open(CheckCase one, List<Feed> feeds) {
        organisations++;
        String profile = "check-" + one.name() + "-" + organisations;
        long organisation = world.number(
                "INSERT INTO organisation (tenant_id, platform, corp_id, name) VALUES (%d, 'dingtalk', '%s', '%s') RETURNING id"
                        .formatted(world.tenantId(), profile, profile));
        one.limits()
                .values()
                .forEach((limit, value) -> world.database()
                        .execute("INSERT INTO limit_profile VALUES ('%s', '2025-01-01', '%s', %d, 'check')"
                                .formatted(profile, limit, value)));
        world.database()
                .execute("INSERT INTO organisation_profile VALUES (%d, '2025-01-01', '%s')"
                        .formatted(organisation, profile));
        TenantGroup group = one.scenario().tenants().getFirst();
        Flows flows = new Flows(one.scenario(), 0, false);
        List<Long> channels = new ArrayList<>();
        for (int app = 0; app < group.apps(); app++) {
            String name = profile + "-" + app;
            long appId = world.app(name);
            world.database().execute("UPDATE app SET organisation_id = " + organisation + " WHERE id = " + appId);
            String most = group.peoplePerCall() == 0 ? "" : "people_per_call = " + group.peoplePerCall();
            long channel = world.channelOn(appId, name, group.channel().wireName(), most);
            flows.of(group, 0, app, order -> true).forEach(flow -> feeds.add(new Feed(flow, channel)));
            channels.add(channel);
        }
        world.database().execute("NOTIFY sluice_directory");
        return channels;
    }

    /** Submits what arrives when it arrives. */
    private void feed(List<Feed> feeds) {
        long startNanos = System.nanoTime();
        List<Feed> left = new ArrayList<>(feeds);
        while (!left.isEmpty()) {
            Feed next = left.stream()
                    .min(Comparator.comparingLong(Feed::nextMicros))
                    .orElseThrow();
            if (next.flow().peek().isEmpty()) {
                left.remove(next);
                continue;
            }
            pauseUntil(startNanos + next.nextMicros() * 1_000);
            submit(next, next.flow().peek().get());
            next.flow().advance();
        }
    }

    private void submit(Feed feed, Stock.Order order) {
        String content = "{\"msgtype\":\"text\",\"text\":{\"content\":\"" + order.contentHash() + "\"}}";
        world.submitContent(
                feed.channelId(),
                content,
                TestWorld.users(order.firstPerson() + 1, order.people()),
                order.priority().code());
    }

    private Real result(List<Long> channels, long fromMicros) {
        String own = "FROM call WHERE channel_id IN "
                + channels.toString().replace('[', '(').replace(']', ')')
                + " AND extract(epoch FROM intent_at) * 1e6 > " + fromMicros;
        long micros =
                world.number("SELECT (extract(epoch FROM max(answered_at) - min(intent_at)) * 1e6)::bigint " + own);
        return new Real(micros / 1e6, world.number("SELECT count(*) " + own));
    }

    private static void pauseUntil(long nanos) {
        while (System.nanoTime() - nanos < 0) {
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }

    @Override
    public void close() {
        world.close();
    }
}
