package dev.sluice.engine.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.model.DeliveryState;
import dev.sluice.engine.testkit.PostgresExtension;
import dev.sluice.engine.testkit.RedisExtension;
import dev.sluice.engine.testkit.TestDatabase;
import dev.sluice.engine.testkit.TestRedis;
import dev.sluice.engine.testkit.TestWaiting;
import dev.sluice.engine.testkit.TestWorld;
import dev.sluice.simulator.directory.App;
import dev.sluice.simulator.fault.Effect;
import dev.sluice.simulator.fault.FaultRule;
import dev.sluice.simulator.http.Api;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What can go wrong with one-to-one robot messages beside doubt. */
@ExtendWith({PostgresExtension.class, RedisExtension.class})
class RobotTroubleTest {
    private static final String CONTENT = "{\"msgKey\":\"sampleText\",\"msgParam\":{\"content\":\"hello\"}}";

    @Test
    void whoIsFlowControlledIsTriedAgainAndTheOthersAreNotSentTwice(TestDatabase database, TestRedis redis) {
        try (TestWorld world = TestWorld.start(database, redis, "enterprise")
                .grant("api", 1_000)
                .people(40)) {
            world.simulator().limits().set("robot.usersPerMinute", 15);
            long channel = world.channel("robot", "dingtalk-robot");
            world.node("one");
            long submission = world.submitContent(channel, CONTENT, TestWorld.users(1, 20), 1);
            TestWorld.await(
                    TestWaiting.PATIENCE,
                    () -> world.number("SELECT count(*) FROM delivery WHERE state = 1") == 15
                            && world.number("SELECT coalesce(max(attempts), 0) FROM delivery WHERE state = 0") > 0,
                    () -> world.states(submission).toString());
            world.simulator().limits().set("robot.usersPerMinute", 0);
            world.awaitSettled(submission, TestWaiting.PATIENCE);

            assertThat(world.states(submission)).isEqualTo(Map.of("sent", 20L));
            Soundness.holdsAndBooksAgree(world);
        }
    }

    @Test
    void aPermissionThatIsMissingPausesTheChannelAndSaysWhichOne(TestDatabase database, TestRedis redis) {
        try (TestWorld world =
                TestWorld.start(database, redis, "enterprise").grant("api", 100).people(20)) {
            long channel = world.channel("robot", "dingtalk-robot");
            world.simulator()
                    .directory()
                    .addApp(new App(
                            "ding0corp", "key-robot", "secret-robot", 4711, "key-robot", Set.of("other"), List.of()));
            world.node("one");
            long submission = world.submitContent(channel, CONTENT, TestWorld.users(1, 10), 1);
            TestWorld.await(
                    TestWaiting.PATIENCE,
                    () -> world.number("SELECT count(*) FROM channel WHERE state = 'paused'") == 1,
                    () -> world.states(submission).toString());
            assertThat(database.text("SELECT pause_reason FROM channel"))
                    .contains("AccessTokenPermissionDenied", "permission");
            assertThat(world.states(submission)).isEqualTo(Map.of("waiting", 10L));

            world.simulator().directory().addApp(App.of("ding0corp", "key-robot", "secret-robot", 4711));
            database.execute("UPDATE channel SET state = 'active', pause_reason = NULL");
            world.awaitSettled(submission, TestWaiting.PATIENCE);
            assertThat(world.states(submission)).isEqualTo(Map.of("sent", 10L));
            Soundness.holds(world);
        }
    }

    /** A person decides about half of those in doubt that they go again, as the control plane writes it. */
    @Test
    void whoAnOperatorSendsAgainGoesOnceMoreAndTheOthersStayAsDecided(TestDatabase database, TestRedis redis) {
        try (TestWorld world =
                TestWorld.start(database, redis, "enterprise").grant("api", 100).people(20)) {
            long channel = world.channel("robot", "dingtalk-robot");
            world.simulator().faults().add(FaultRule.next(1, Api.ROBOT_SEND, new Effect.RequestLost()));
            world.node("one");
            long submission = world.submitContent(channel, CONTENT, TestWorld.users(1, 20), 1);
            TestWorld.await(
                    TestWaiting.PATIENCE,
                    () -> world.number("SELECT count(*) FROM call WHERE state = 9") == 1,
                    () -> world.states(submission).toString());
            assertThat(world.states(submission)).isEqualTo(Map.of("in_doubt", 20L));
            decide(database, DeliveryState.WAITING, "ordinal < 10");
            decide(database, DeliveryState.FAILED, "ordinal >= 10");
            database.execute(
                    "UPDATE submission SET in_doubt = 0, failed = 10, settled_below = 0, state = 1, finished_at = NULL");
            world.wake(channel);
            world.awaitSettled(submission, TestWaiting.PATIENCE);

            assertThat(world.states(submission)).containsExactlyInAnyOrderEntriesOf(Map.of("sent", 10L, "failed", 10L));
            Soundness.holds(world);
        }
    }

    private static void decide(TestDatabase database, DeliveryState state, String whom) {
        database.execute("UPDATE delivery SET state = " + state.code() + ", disposition = NULL, settled_at = "
                + (state == DeliveryState.WAITING ? "NULL" : "now()") + " WHERE state = 7 AND " + whom);
    }
}
