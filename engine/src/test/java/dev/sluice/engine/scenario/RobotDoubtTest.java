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
            long submission = world.submitContent(channel, CONTENT, TestWorld.users(1, 60), 1);

            TestWorld.await(
                    TestWaiting.PATIENCE,
                    () -> world.number("SELECT count(*) FROM call WHERE state = 9") == 1
                            && world.states(submission).equals(Map.of("in_doubt", 20L, "sent", 40L)),
                    () -> world.states(submission).toString());

            assertThat(world.number("SELECT count(*) FROM call WHERE state <> 8"))
                    .as("20 people in each, whichever arrives first")
                    .isEqualTo(3);
            assertThat(world.simulator().ledger().recipients(Verdict.SHOWN)).isEqualTo(60);
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
            assertThat(world.number("SELECT max(attempts) FROM delivery"))
                    .as("the lost call and its repeat")
                    .isEqualTo(2);
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

    /** As many as are read at once, all before the others. */
    @Test
    void aDeadOwnersCallsOfAKindThatThisBuildDoesNotKnowHoldUpNobody(TestDatabase database, TestRedis redis) {
        try (TestWorld world =
                TestWorld.start(database, redis, "enterprise").grant("api", 100).people(20)) {
            long app = world.app("robot");
            long unknown = world.channelOn(app, "pigeons", "pigeon-post", "");
            long channel = world.channelOn(app, "robot", "dingtalk-robot", "");
            long submission = world.submitContent(channel, CONTENT, TestWorld.users(1, 20), 1);
            database.execute("""
                    INSERT INTO call (tenant_id, id, app_id, channel_id, organisation_id, purpose, api, node, epoch, submission_ids, ordinals,
                                      budget_month, budget_pool, units)
                    SELECT c.tenant_id, %1$d - n, c.app_id, c.id, a.organisation_id, 0, 'pigeon', 'dead', 0, '{}', '{}',
                           date_trunc('month', now())::date, 'api', 0
                    FROM channel c JOIN app a ON a.id = c.app_id, generate_series(1, 500) n WHERE c.id = %2$d
                    """.formatted(submission, unknown));
            world.node("one");

            world.awaitSettled(submission, TestWaiting.PATIENCE);

            assertThat(world.states(submission)).isEqualTo(Map.of("sent", 20L));
            assertThat(world.number("SELECT count(*) FROM call WHERE state = 0 AND channel_id = " + unknown))
                    .isEqualTo(500);
            Soundness.holds(world);
        }
    }

    @Test
    void whoeverADeadOwnersCallsMayHaveReachedIsLeftToAPersonHoweverManyTheyAre(
            TestDatabase database, TestRedis redis) {
        try (TestWorld world =
                TestWorld.start(database, redis, "enterprise").grant("api", 100).people(650)) {
            long channel = world.channel("robot", "dingtalk-robot");
            long submission = world.submitContent(channel, CONTENT, TestWorld.users(1, 650), 1);
            database.execute("""
                    INSERT INTO call (tenant_id, id, app_id, channel_id, organisation_id, purpose, api, node, epoch, submission_ids, ordinals,
                                      budget_month, budget_pool, units)
                    SELECT c.tenant_id, %1$d + 1 + n, c.app_id, c.id, a.organisation_id, 0, 'robot', 'dead', 0, ARRAY[%1$d], ARRAY[n],
                           date_trunc('month', now())::date, 'api', 0
                    FROM channel c JOIN app a ON a.id = c.app_id, generate_series(0, 619) n WHERE c.id = %2$d
                    """.formatted(submission, channel));
            world.node("one");

            TestWorld.await(
                    TestWaiting.PATIENCE,
                    () -> world.states(submission).equals(Map.of("in_doubt", 620L, "sent", 30L)),
                    () -> world.states(submission).toString());

            assertThat(world.simulator().ledger().recipients(Verdict.SHOWN)).isEqualTo(30);
            Soundness.holds(world);
        }
    }
}
