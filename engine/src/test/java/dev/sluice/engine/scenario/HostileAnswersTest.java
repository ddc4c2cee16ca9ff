package dev.sluice.engine.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.testkit.PostgresExtension;
import dev.sluice.engine.testkit.RedisExtension;
import dev.sluice.engine.testkit.TestDatabase;
import dev.sluice.engine.testkit.TestRedis;
import dev.sluice.engine.testkit.TestWaiting;
import dev.sluice.engine.testkit.TestWorld;
import dev.sluice.simulator.fault.Effect;
import dev.sluice.simulator.fault.FaultRule;
import dev.sluice.simulator.http.Api;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A platform, or a proxy before it, whose answers hold what must not be kept: all the same every call is settled, and no secret is shown. */
@ExtendWith({PostgresExtension.class, RedisExtension.class})
class HostileAnswersTest {
    @Test
    void anAnswerThatNoDatabaseKeepsIsSettledAllTheSame(TestDatabase database, TestRedis redis) {
        try (TestWorld world =
                TestWorld.start(database, redis, "enterprise").grant("api", 100).people(10)) {
            long channel = world.channel("hr", "dingtalk-work");
            answer(world, "refused", "{\"errcode\":40035,\"errmsg\":\"a\\u0000b\\ud800" + "x".repeat(100_000) + "\"}");
            answer(world, "taken", "{\"errcode\":0,\"task_id\":\"\\u0000\\udc00" + "9".repeat(100_000) + "\"}");
            answer(world, "unlisted", "{\"errcode\":\"\\u0000" + "7".repeat(100_000) + "\",\"sub_msg\":\"\\ud83d\"}");
            world.node("one");
            long refused = world.submit(channel, "refused", TestWorld.users(1, 10));
            long taken = world.submit(channel, "taken", TestWorld.users(1, 10));
            long unlisted = world.submit(channel, "unlisted", TestWorld.users(1, 2));

            world.awaitSettled(refused, TestWaiting.PATIENCE);
            world.awaitSettled(taken, TestWaiting.PATIENCE);
            world.awaitSettled(unlisted, TestWaiting.PATIENCE);
            assertThat(world.states(refused)).isEqualTo(Map.of("failed", 10L));
            assertThat(world.states(taken)).isEqualTo(Map.of("sent", 10L));
            assertThat(world.states(unlisted)).isEqualTo(Map.of("failed", 2L));
            Soundness.holds(world);
        }
    }

    @Test
    void aPlatformThatSaysOurCredentialsBackDoesNotMakeUsShowThem(TestDatabase database, TestRedis redis) {
        try (TestWorld world =
                TestWorld.start(database, redis, "enterprise").grant("api", 100).people(10)) {
            long channel = world.channelOn(
                    world.appRow("key-wrong", Map.of("appSecret", "canary+appsecret")), "hr", "dingtalk-work", "");
            world.simulator()
                    .faults()
                    .add(
                            FaultRule.next(
                                    1_000,
                                    Api.GETTOKEN,
                                    json(
                                            "{\"errcode\":40089,\"errmsg\":\"bad request /gettoken?appkey=k&appsecret=canary%2Bappsecret, canary+appsecret is wrong\"}")));
            world.node("one");
            world.submit(channel, "hello", TestWorld.users(1, 10));
            TestWorld.await(
                    TestWaiting.PATIENCE,
                    () -> world.number("SELECT count(*) FROM channel WHERE state = 'paused'") == 1,
                    () -> "the channel is not paused");

            assertThat(database.text("SELECT pause_reason FROM channel")).contains("40089", "[secret]");
            assertThat(database.text("SELECT string_agg(c::text, ' ') || (SELECT string_agg(a::text, ' ') FROM audit a)"
                            + " FROM channel c"))
                    .doesNotContain("canary");
        }
    }

    private static void answer(TestWorld world, String content, String body) {
        world.simulator().faults().add(FaultRule.containing(content, Api.NOTICE_SEND, json(body)));
    }

    private static Effect json(String body) {
        return new Effect.Answer(200, "application/json", body, false);
    }
}
