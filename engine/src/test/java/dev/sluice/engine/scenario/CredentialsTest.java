package dev.sluice.engine.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.testkit.PostgresExtension;
import dev.sluice.engine.testkit.RedisExtension;
import dev.sluice.engine.testkit.TestDatabase;
import dev.sluice.engine.testkit.TestRedis;
import dev.sluice.engine.testkit.TestWaiting;
import dev.sluice.engine.testkit.TestWorld;
import dev.sluice.simulator.directory.App;
import dev.sluice.simulator.fault.Effect;
import dev.sluice.simulator.fault.FaultRule;
import dev.sluice.simulator.fault.Latency;
import dev.sluice.simulator.http.Api;
import dev.sluice.simulator.limit.IpRange;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What only a person can mend pauses the channel, says why, and goes on when it is mended. */
@ExtendWith({PostgresExtension.class, RedisExtension.class})
class CredentialsTest {
    private static final Duration WITHIN = TestWaiting.PATIENCE;

    @Test
    void aWrongSecretPausesTheChannelAndTheRestGoesWhenItIsRight(TestDatabase database, TestRedis redis) {
        try (TestWorld world =
                TestWorld.start(database, redis, "enterprise").grant("api", 100).people(10)) {
            long app = world.appRow("key-late", Map.of("appSecret", "secret"));
            long channel = world.channelOn(app, "hr", "dingtalk-work", "");
            world.simulator().directory().addApp(App.of("ding0corp", "key-late", "another", 4711));
            world.node("one");
            long submission = world.submit(channel, "hello", TestWorld.users(1, 10));
            awaitPause(world, channel);
            assertThat(database.text("SELECT actor || ' ' || action || ' ' || target FROM audit"))
                    .as("found by the target that an operator's changes have")
                    .isEqualTo("engine channel.pause channel " + channel);
            assertThat(world.simulator().ledger().meteredCalls()).isZero();
            assertThat(world.states(submission)).isEqualTo(Map.of("waiting", 10L));

            world.simulator().directory().addApp(App.of("ding0corp", "key-late", "secret", 4711));
            resume(database, channel);
            world.awaitSettled(submission, WITHIN);
            assertThat(world.states(submission)).isEqualTo(Map.of("sent", 10L));
            Soundness.holdsAndBooksAgree(world);
        }
    }

    @Test
    void anAddressThatIsNotAllowedPausesTheChannelWithThePlatformsOwnCode(TestDatabase database, TestRedis redis) {
        try (TestWorld world =
                TestWorld.start(database, redis, "enterprise").grant("api", 100).people(10)) {
            long channel = world.channel("hr", "dingtalk-work");
            world.simulator()
                    .directory()
                    .addApp(new App(
                            "ding0corp",
                            "key-hr",
                            "secret-hr",
                            4711,
                            "key-hr",
                            Set.of(),
                            List.of(new IpRange("10.1.1.1"))));
            world.node("one");
            long submission = world.submit(channel, "hello", TestWorld.users(1, 10));
            awaitPause(world, channel);
            assertThat(database.text("SELECT pause_reason FROM channel")).contains("60020");

            world.simulator().directory().addApp(App.of("ding0corp", "key-hr", "secret-hr", 4711));
            resume(database, channel);
            world.awaitSettled(submission, WITHIN);
            assertThat(world.states(submission)).isEqualTo(Map.of("sent", 10L));
            Soundness.holds(world);
        }
    }

    @Test
    void aRevokedTokenIsFetchedAnewWhileTwentyCallsAreInFlight(TestDatabase database, TestRedis redis) {
        try (TestWorld world = TestWorld.start(database, redis, "enterprise")
                .grant("api", 1_000)
                .people(1_000)) {
            long channel = world.channelOn(world.app("hr"), "hr", "dingtalk-work", "people_per_call = 1");
            world.simulator()
                    .faults()
                    .add(FaultRule.next(1_000, Api.NOTICE_SEND, new Effect.DelayBefore(new Latency.Fixed(200))));
            world.simulator()
                    .faults()
                    .add(new FaultRule("", Api.NOTICE_SEND, "", 100, 10, 1, 1, new Effect.RevokeToken()));
            world.node("one");
            long submission = world.submit(channel, "hello", TestWorld.users(1, 80));
            world.awaitSettled(submission, WITHIN);

            assertThat(world.number("SELECT count(*) FROM call WHERE state = 4"))
                    .isPositive();
            assertThat(database.text("SELECT state FROM channel")).isEqualTo("active");
            assertThat(world.states(submission)).isEqualTo(Map.of("sent", 80L));
            Soundness.holds(world);
        }
    }

    private static void awaitPause(TestWorld world, long channel) {
        TestWorld.await(
                WITHIN,
                () -> world.number("SELECT count(*) FROM channel WHERE state = 'paused' AND id = " + channel) == 1,
                () -> "channel " + channel + " is not paused");
    }

    private static void resume(TestDatabase database, long channel) {
        database.execute("UPDATE channel SET state = 'active', pause_reason = NULL WHERE id = " + channel);
    }
}
