package dev.sluice.engine.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.testkit.PostgresExtension;
import dev.sluice.engine.testkit.RedisExtension;
import dev.sluice.engine.testkit.TestDatabase;
import dev.sluice.engine.testkit.TestRedis;
import dev.sluice.engine.testkit.TestWaiting;
import dev.sluice.engine.testkit.TestWorld;
import dev.sluice.simulator.ledger.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Cancelling, pausing, deadlines, quiet hours, priority and fairness while a lane is busy. */
@ExtendWith({PostgresExtension.class, RedisExtension.class})
class SteeringTest {
    private static final Duration WITHIN = TestWaiting.PATIENCE;

    /** A lane that is held to few calls a second, so that a scenario has time to steer. */
    private static TestWorld slow(TestDatabase database, TestRedis redis) {
        return TestWorld.start(database, redis, "enterprise")
                .limit("qps-per-app-and-api", 10)
                .grant("api", 10_000)
                .people(5_000);
    }

    @Test
    void aCancelledSubmissionStopsAtOnceAndItsRestIsCancelled(TestDatabase database, TestRedis redis) {
        try (TestWorld world = slow(database, redis)) {
            long channel = world.channelOn(world.app("hr"), "hr", "dingtalk-work", "people_per_call = 1");
            world.node("one");
            long submission = world.submit(channel, "hello", TestWorld.users(1, 3_000));
            awaitSent(world, submission, 5);
            database.execute("UPDATE submission SET state = 3 WHERE id = " + submission);
            world.wake(channel);

            TestWorld.await(
                    WITHIN,
                    () -> world.number("SELECT state FROM submission") == 5,
                    () -> world.states(submission).toString());
            assertThat(world.states(submission).get("cancelled")).isPositive();
            assertThat(world.states(submission).get("sent")
                            + world.states(submission).get("cancelled"))
                    .isEqualTo(3_000);
            assertThat(world.simulator().ledger().recipients(Verdict.SHOWN))
                    .isEqualTo(world.states(submission).get("sent"));
            Soundness.holdsAndBooksAgree(world);
        }
    }

    @Test
    void aPausedSubmissionWaitsAndGoesOnWhereItStopped(TestDatabase database, TestRedis redis) {
        try (TestWorld world = slow(database, redis)) {
            long channel = world.channelOn(world.app("hr"), "hr", "dingtalk-work", "people_per_call = 1");
            world.node("one");
            long paused = world.submit(channel, "hello", TestWorld.users(1, 40));
            awaitSent(world, paused, 5);
            database.execute("UPDATE submission SET state = 2 WHERE id = " + paused);
            world.wake(channel);
            long other = world.submit(channel, "other", TestWorld.users(1, 20));
            world.awaitSettled(other, WITHIN);
            assertThat(world.states(paused)).containsKey("waiting");

            database.execute("UPDATE submission SET state = 1 WHERE id = " + paused);
            world.wake(channel);
            world.awaitSettled(paused, WITHIN);
            assertThat(world.states(paused)).isEqualTo(Map.of("sent", 40L));
            assertThat(world.number("SELECT count(*) FROM submission WHERE state = 4"))
                    .isEqualTo(2);
            Soundness.holdsAndBooksAgree(world);
        }
    }

    /** More submissions than a lane holds in memory are in front of it. */
    @Test
    void somethingUrgentPassesAThousandSubmissionsThatWaitAlready(TestDatabase database, TestRedis redis) {
        try (TestWorld world = slow(database, redis)) {
            long channel = world.channelOn(world.app("hr"), "hr", "dingtalk-work", "people_per_call = 1");
            for (int i = 0; i < 1_100; i++) {
                world.submit(channel, "news " + i, TestWorld.users(1, 1));
            }
            world.node("one");
            TestWorld.await(
                    WITHIN, () -> world.simulator().ledger().recipients(Verdict.SHOWN) > 0, () -> "nothing was sent");

            long urgent = world.submit(channel, "urgent", TestWorld.users(1, 1), 0);
            world.wake(channel);
            world.awaitSettled(urgent, WITHIN);

            assertThat(world.number("SELECT count(*) FROM delivery WHERE state = 0"))
                    .as("those that still wait")
                    .isGreaterThan(700);
        }
    }

    @Test
    void whatIsTooLateExpiresAndCostsNothing(TestDatabase database, TestRedis redis) {
        try (TestWorld world = slow(database, redis)) {
            long channel = world.channelOn(world.app("hr"), "hr", "dingtalk-work", "people_per_call = 1");
            long submission = world.submit(channel, "hello", TestWorld.users(1, 1_000));
            database.execute("UPDATE submission SET deliver_by = now() + interval '6 seconds'");
            world.node("one");
            world.awaitSettled(submission, WITHIN);

            // On a slow machine the first call may come too late already.
            assertThat(world.states(submission)).containsKey("expired");
            assertThat(List.of("sent", "expired"))
                    .containsAll(world.states(submission).keySet());
            assertThat(world.number("SELECT state FROM submission")).isEqualTo(4);
            Soundness.holdsAndBooksAgree(world);
        }
    }

    @Test
    void urgentMessagesAndSmallSubmissionsDoNotWaitBehindABigOne(TestDatabase database, TestRedis redis) {
        try (TestWorld world = slow(database, redis)) {
            long channel = world.channelOn(world.app("hr"), "hr", "dingtalk-work", "people_per_call = 1");
            world.node("one");
            long big = world.submit(channel, "campaign", TestWorld.users(1, 3_000));
            awaitSent(world, big, 5);
            long small = world.submit(channel, "just you", List.of("user000007"));
            long urgent = world.submit(channel, "fire", List.of("user000008"), 0);
            world.awaitSettled(urgent, WITHIN);
            world.awaitSettled(small, WITHIN);

            assertThat(world.states(big)).as("the big one when both were sent").containsKey("waiting");
            Soundness.holds(world);
        }
    }

    @Test
    void inQuietHoursOnlyCriticalMessagesGo(TestDatabase database, TestRedis redis) {
        try (TestWorld world = slow(database, redis)) {
            long channel = world.channelOn(
                    world.app("hr"),
                    "hr",
                    "dingtalk-work",
                    "quiet_from = (now() AT TIME ZONE 'Asia/Shanghai')::time - interval '1 hour', "
                            + "quiet_until = (now() AT TIME ZONE 'Asia/Shanghai')::time + interval '1 hour', quiet_zone = 'Asia/Shanghai'");
            world.node("one");
            long bulk = world.submit(channel, "hello", TestWorld.users(1, 10));
            long alert = world.submit(channel, "hello", TestWorld.users(11, 10), 0);
            world.awaitSettled(alert, WITHIN);
            assertThat(world.states(bulk)).isEqualTo(Map.of("waiting", 10L));

            database.execute("UPDATE channel SET quiet_from = NULL, quiet_until = NULL");
            world.awaitSettled(bulk, WITHIN);
            Soundness.holdsAndBooksAgree(world);
        }
    }

    @Test
    void whatHasATimeWaitsForItAndWhatIsCancelledBeforeEndsAtOnce(TestDatabase database, TestRedis redis) {
        try (TestWorld world = slow(database, redis)) {
            long channel = world.channel("hr", "dingtalk-work");
            long later = world.submit(channel, "later", TestWorld.users(1, 10));
            long cancelled = world.submit(channel, "never", TestWorld.users(1, 10));
            database.execute("UPDATE submission SET not_before = now() + interval '1 hour'");
            world.node("one");
            long now = world.submit(channel, "now", TestWorld.users(1, 10));
            world.awaitSettled(now, WITHIN);
            assertThat(world.states(later)).isEqualTo(Map.of("waiting", 10L));

            database.execute("UPDATE submission SET state = 3 WHERE id = " + cancelled);
            world.wake(channel);
            TestWorld.await(
                    WITHIN,
                    () -> world.number("SELECT state FROM submission WHERE id = " + cancelled) == 5,
                    () -> world.states(cancelled).toString());
            assertThat(world.states(cancelled)).isEqualTo(Map.of("cancelled", 10L));

            // Nobody says that the time has come.
            database.execute("UPDATE submission SET not_before = now() + interval '1 second' WHERE id = " + later);
            world.awaitSettled(later, WITHIN);
            assertThat(world.number("SELECT count(*) FROM submission s JOIN call c ON s.id = ANY (c.submission_ids)"
                            + " WHERE c.intent_at < s.not_before"))
                    .isZero();
            Soundness.holdsAndBooksAgree(world);
        }
    }

    /** By itself a lane that has work looks for more every ten seconds, with thousands of apps every hundred. */
    @Test
    void whatHasATimeGoesInItThroughABusyLaneToo(TestDatabase database, TestRedis redis) {
        try (TestWorld world = slow(database, redis)) {
            long channel = world.channelOn(world.app("hr"), "hr", "dingtalk-work", "people_per_call = 1");
            long later = world.submit(channel, "later", TestWorld.users(1, 1), 0);
            database.execute("UPDATE submission SET not_before = now() + interval '1 hour'");
            world.node("one");
            long bulk = world.submit(channel, "hello", TestWorld.users(1, 300));
            awaitSent(world, bulk, 5);
            database.execute("UPDATE submission SET not_before = now() + interval '5 seconds' WHERE id = " + later);
            world.wake(channel);
            world.awaitSettled(later, WITHIN);

            assertThat(world.states(bulk)).as("the lane is busy").containsKey("waiting");
            assertThat(world.number("SELECT count(*) FROM submission s JOIN call c ON s.id = ANY (c.submission_ids)"
                            + " WHERE c.intent_at BETWEEN s.not_before AND s.not_before + interval '3 seconds' AND s.id = "
                            + later))
                    .isOne();
            Soundness.holds(world);
        }
    }

    @Test
    void aLimitOfPeopleAMinuteThatIsSmallerThanACallMakesSmallerCalls(TestDatabase database, TestRedis redis) {
        try (TestWorld world = slow(database, redis).limit("people-per-minute", 50)) {
            long channel = world.channel("hr", "dingtalk-work");
            database.execute("UPDATE channel SET reserve_percent = 20");
            world.node("one");
            long bulk = world.submit(channel, "hello", TestWorld.users(1, 60));
            TestWorld.await(
                    WITHIN,
                    () -> world.states(bulk).equals(Map.of("sent", 40L, "waiting", 20L)),
                    () -> world.states(bulk).toString());
            long urgent = world.submit(channel, "fire", TestWorld.users(1, 10), 0);
            world.awaitSettled(urgent, WITHIN);
            assertThat(world.states(bulk)).as("whose room is used up").containsKey("waiting");

            world.limit("people-per-minute", 5_000);
            world.awaitSettled(bulk, WITHIN);
            Soundness.holdsAndBooksAgree(world);
        }
    }

    private static void awaitSent(TestWorld world, long submission, long people) {
        TestWorld.await(
                WITHIN,
                () -> world.states(submission).getOrDefault("sent", 0L) >= people,
                () -> world.states(submission).toString());
    }
}
