package dev.sluice.engine.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.testkit.PostgresExtension;
import dev.sluice.engine.testkit.RedisExtension;
import dev.sluice.engine.testkit.TestDatabase;
import dev.sluice.engine.testkit.TestRedis;
import dev.sluice.engine.testkit.TestWaiting;
import dev.sluice.engine.testkit.TestWorld;
import dev.sluice.simulator.directory.WebhookRobot;
import dev.sluice.simulator.fault.Effect;
import dev.sluice.simulator.fault.FaultRule;
import dev.sluice.simulator.http.Api;
import dev.sluice.simulator.ledger.Verdict;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Custom group robots. */
@ExtendWith({PostgresExtension.class, RedisExtension.class})
class WebhookDeliveryTest {
    @Test
    void aLostAnswerIsRepeatedUnderItsOwnNameAndShownOnce(TestDatabase database, TestRedis redis) {
        try (TestWorld world = TestWorld.start(database, redis, "enterprise").grant("webhook", 100)) {
            long channel = world.channel("group", "dingtalk-webhook");
            world.simulator().faults().add(FaultRule.next(1, Api.WEBHOOK_SEND, new Effect.ResponseLost()));
            world.node("one");
            long submission = world.submit(channel, "build broken", List.of(""), 1);

            TestWorld.await(
                    TestWaiting.PATIENCE,
                    () -> world.states(submission).equals(Map.of("sent", 1L)),
                    () -> world.states(submission).toString());

            assertThat(world.number("SELECT count(*) FROM delivery WHERE disposition = 18"))
                    .isEqualTo(1);
            assertThat(world.simulator().ledger().recipients(Verdict.SHOWN)).isEqualTo(1);
            Soundness.holds(world);
        }
    }

    @Test
    void aMessageWithoutTheRobotsKeywordFailsByItselfAndHoldsNoOtherUp(TestDatabase database, TestRedis redis) {
        try (TestWorld world = TestWorld.start(database, redis, "enterprise").grant("webhook", 100)) {
            long channel = world.channel("group", "dingtalk-webhook");
            world.simulator()
                    .directory()
                    .addRobot(new WebhookRobot("ding0corp", "group", "token-group", "", List.of("alarm"), List.of()));
            world.node("one");
            long without = world.submit(channel, "lunch is ready", List.of(""), 1);
            long with = world.submit(channel, "alarm: build broken", List.of(""), 1);
            world.awaitSettled(without, TestWaiting.PATIENCE);
            world.awaitSettled(with, TestWaiting.PATIENCE);

            assertThat(world.states(without)).isEqualTo(Map.of("failed", 1L));
            assertThat(world.states(with)).isEqualTo(Map.of("sent", 1L));
            assertThat(database.text("SELECT platform_text FROM call WHERE platform_code = '310000'"))
                    .isEqualTo("keywords not in content");
            assertThat(database.text("SELECT state FROM channel")).isEqualTo("active");
            Soundness.holds(world);
        }
    }

    @Test
    void noMoreThanTwentyGoInAMinuteAndNoneIsLost(TestDatabase database, TestRedis redis) {
        try (TestWorld world = TestWorld.start(database, redis, "enterprise").grant("webhook", 100)) {
            long channel = world.channel("group", "dingtalk-webhook");
            world.node("one");
            for (int i = 0; i < 25; i++) {
                world.submit(channel, "alert " + i, List.of(""), 1);
            }
            TestWorld.await(
                    TestWaiting.PATIENCE,
                    () -> world.number("SELECT count(*) FROM delivery WHERE state = 1") == 20,
                    () -> "sent " + world.number("SELECT count(*) FROM delivery WHERE state = 1"));

            assertThat(world.number("SELECT count(*) FROM delivery WHERE state = 0"))
                    .isEqualTo(5);
            assertThat(world.number("SELECT count(*) FROM call WHERE state <> 8"))
                    .isEqualTo(20);
            Soundness.holds(world);
        }
    }

    @Test
    void aPlatformThatThrottlesAllTheSameIsLeftAloneAndLosesNothing(TestDatabase database, TestRedis redis) {
        try (TestWorld world = TestWorld.start(database, redis, "enterprise").grant("webhook", 100)) {
            long channel = world.channel("group", "dingtalk-webhook");
            world.simulator().limits().set("webhook.messagesPerMinute", 2);
            world.node("one");
            for (int i = 0; i < 5; i++) {
                world.submit(channel, "alert " + i, List.of(""), 1);
            }
            TestWorld.await(
                    TestWaiting.PATIENCE,
                    () -> world.number("SELECT count(*) FROM call WHERE state = 2") >= 1
                            && world.number("SELECT count(*) FROM call WHERE state = 0") == 0,
                    () -> "calls " + world.number("SELECT count(*) FROM call"));
            assertThat(world.number("SELECT count(*) FROM delivery WHERE state = 1"))
                    .isEqualTo(2);
            assertThat(world.number("SELECT count(*) FROM delivery WHERE state = 0"))
                    .isEqualTo(3);
            assertThat(world.simulator().ledger().throttleAnswers()).isLessThanOrEqualTo(3);
            assertThat(world.number("SELECT spent FROM budget")).isEqualTo(2);
            Soundness.holdsButForThrottles(world);
        }
    }
}
