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
import dev.sluice.simulator.ledger.Verdict;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** One-to-one robot messages: the platform recognises no repeat, so nothing is repeated unasked. */
@ExtendWith({PostgresExtension.class, RedisExtension.class})
class RobotDoubtTest {
    private static final String CONTENT = "{\"msgKey\":\"sampleText\",\"msgParam\":{\"content\":\"hello\"}}";

    @Test
    void aLostAnswerIsLeftToAPersonAndNothingIsSentTwice(TestDatabase database, TestRedis redis) {
        try (TestWorld world =
                TestWorld.start(database, redis, "enterprise").grant("api", 100).people(100)) {
            long channel = world.channel("robot", "dingtalk-robot");
            world.simulator().faults().add(FaultRule.next(1, Api.ROBOT_SEND, new Effect.ResponseLost()));
            world.node("one");
            long submission = world.submitContent(channel, CONTENT, TestWorld.users(1, 50), 1);

            TestWorld.await(
                    TestWaiting.PATIENCE,
                    () -> world.number("SELECT count(*) FROM call WHERE state = 9") == 1
                            && world.states(submission).equals(Map.of("in_doubt", 20L, "sent", 30L)),
                    () -> world.states(submission).toString());

            assertThat(world.number("SELECT count(*) FROM call WHERE state <> 8"))
                    .as("20 people a call")
                    .isEqualTo(3);
            assertThat(world.simulator().ledger().recipients(Verdict.SHOWN)).isEqualTo(50);
            Soundness.holdsAndBooksAgree(world);
        }
    }

    @Test
    void aChannelThatAsksForItRepeatsALostCallOnce(TestDatabase database, TestRedis redis) {
        try (TestWorld world =
                TestWorld.start(database, redis, "enterprise").grant("api", 100).people(100)) {
            long channel = world.channelOn(world.app("robot"), "robot", "dingtalk-robot", "on_doubt = 'retry'");
            world.simulator().faults().add(FaultRule.next(1, Api.ROBOT_SEND, new Effect.RequestLost()));
            world.node("one");
            long submission = world.submitContent(channel, CONTENT, TestWorld.users(1, 50), 1);

            TestWorld.await(
                    TestWaiting.PATIENCE,
                    () -> world.states(submission).equals(Map.of("sent", 50L)),
                    () -> world.states(submission).toString());

            assertThat(world.number("SELECT count(*) FROM call WHERE state <> 8"))
                    .isEqualTo(4);
            Soundness.holds(world);
        }
    }

    @Test
    void whoIsUnknownFailsAndTheOthersOfTheCallAreSent(TestDatabase database, TestRedis redis) {
        try (TestWorld world =
                TestWorld.start(database, redis, "enterprise").grant("api", 100).people(30)) {
            long channel = world.channel("robot", "dingtalk-robot");
            world.node("one");
            long submission = world.submitContent(channel, CONTENT, TestWorld.users(21, 20), 1);

            world.awaitSettled(submission, TestWaiting.PATIENCE);

            assertThat(world.states(submission)).containsExactlyInAnyOrderEntriesOf(Map.of("sent", 10L, "failed", 10L));
            assertThat(world.simulator().ledger().meteredCalls()).isEqualTo(1);
            Soundness.holdsAndBooksAgree(world);
        }
    }
}
