package dev.sluice.engine.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.testkit.PostgresExtension;
import dev.sluice.engine.testkit.RedisExtension;
import dev.sluice.engine.testkit.TestDatabase;
import dev.sluice.engine.testkit.TestNode;
import dev.sluice.engine.testkit.TestRedis;
import dev.sluice.engine.testkit.TestWaiting;
import dev.sluice.engine.testkit.TestWorld;
import dev.sluice.simulator.fault.Effect;
import dev.sluice.simulator.fault.FaultRule;
import dev.sluice.simulator.fault.Latency;
import dev.sluice.simulator.http.Api;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Two nodes share apps, gates and deliveries. */
@ExtendWith({PostgresExtension.class, RedisExtension.class})
class TwoNodesTest {
    private static final long SEED = 20261121L;

    @Test
    void noSecondIsOverrunUnderJitterAndEveryChannelGetsThrough(TestDatabase database, TestRedis redis) {
        try (TestWorld world = TestWorld.start(database, redis, "enterprise")
                .limit("qps-per-app-and-api", 20)
                .grant("api", 10_000)
                .people(1_000)) {
            world.simulator().limits().set("tiers.enterprise.qps", 20);
            world.simulator()
                    .faults()
                    .add(FaultRule.share(
                            100, Api.NOTICE_SEND, SEED, new Effect.DelayBefore(new Latency.Uniform(0, 60))));
            world.simulator()
                    .faults()
                    .add(FaultRule.share(
                            100, Api.NOTICE_SEND, SEED + 1, new Effect.DelayAfter(new Latency.Uniform(0, 60))));
            long shared = world.app("shared");
            List<Long> channels = List.of(
                    world.channelOn(shared, "a", "dingtalk-work", "people_per_call = 1"),
                    world.channelOn(shared, "b", "dingtalk-work", "people_per_call = 1"),
                    world.channelOn(world.app("own"), "c", "dingtalk-work", "people_per_call = 1"));
            world.node("one");
            world.node("two");
            List<Long> submissions = new ArrayList<>();
            for (long channel : channels) {
                submissions.add(world.submit(channel, "to " + channel, TestWorld.users(1, 60)));
            }
            submissions.forEach(one -> world.awaitSettled(one, TestWaiting.PATIENCE));

            long worst = world.simulator().ledger().worstWindow("key-shared", Api.NOTICE_SEND, Duration.ofSeconds(1));
            assertThat(worst).isBetween(1L, 20L);
            assertThat(world.number("SELECT count(*) FROM delivery WHERE state = 1"))
                    .isEqualTo(180);
            Soundness.holdsAndBooksAgree(world);
        }
    }

    @Test
    void theAddressThatAllAppsOfAllNodesShareIsHeldToItsLimit(TestDatabase database, TestRedis redis) {
        try (TestWorld world = TestWorld.start(database, redis, "enterprise")
                .limit("calls-per-ip-and-20s", 12)
                .grant("api", 1_000)
                .people(100)) {
            List<Long> channels = List.of(
                    world.channelOn(world.app("a"), "a", "dingtalk-work", "people_per_call = 1"),
                    world.channelOn(world.app("b"), "b", "dingtalk-work", "people_per_call = 1"));
            world.node("one");
            world.node("two");
            channels.forEach(channel -> world.submit(channel, "to " + channel, TestWorld.users(1, 10)));
            String settled = "SELECT count(*) FROM delivery WHERE state = 1";
            TestWorld.await(
                    TestWaiting.PATIENCE, () -> world.number(settled) >= 12, () -> "sent " + world.number(settled));
            List<Long> arrivals = new ArrayList<>();
            world.simulator().ledger().forEach(call -> {
                if (call.api() == Api.NOTICE_SEND) {
                    arrivals.add(call.arrivalNanos());
                }
            });
            for (int i = 12; i < arrivals.size(); i++) {
                assertThat(arrivals.get(i) - arrivals.get(i - 12))
                        .isGreaterThanOrEqualTo(Duration.ofSeconds(20).toNanos());
            }

            world.limit("calls-per-ip-and-20s", 10_000);
            TestWorld.await(
                    TestWaiting.PATIENCE, () -> world.number(settled) == 20, () -> "sent " + world.number(settled));
            Soundness.holdsAndBooksAgree(world);
        }
    }

    @Test
    void whenANodeDiesTheOtherTakesOverAndNobodyIsLostOrDoubled(TestDatabase database, TestRedis redis) {
        try (TestWorld world = TestWorld.start(database, redis, "enterprise")
                .limit("qps-per-app-and-api", 10)
                .grant("api", 1_000)
                .people(1_000)) {
            long channel = world.channelOn(world.app("hr"), "hr", "dingtalk-work", "people_per_call = 5");
            TestNode first = world.node("one");
            long submission = world.submit(channel, "hello", TestWorld.users(1, 600));
            TestWorld.await(
                    TestWaiting.PATIENCE,
                    () -> world.states(submission).getOrDefault("sent", 0L) > 20,
                    () -> world.states(submission).toString());
            world.node("two");
            first.crash();

            TestWorld.await(
                    TestWaiting.PATIENCE,
                    () -> world.number("SELECT count(*) FROM delivery WHERE state IN (1, 2)") == 600,
                    () -> world.states(submission).toString());
            assertThat(world.number("SELECT max(epoch) FROM app_lease")).isGreaterThan(1);
            assertThat(world.number("SELECT count(*) FROM call WHERE state IN (0, 7)"))
                    .isZero();
            Soundness.holds(world);
        }
    }
}
