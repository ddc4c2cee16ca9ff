package dev.sluice.engine.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.testkit.PostgresExtension;
import dev.sluice.engine.testkit.RedisExtension;
import dev.sluice.engine.testkit.TestDatabase;
import dev.sluice.engine.testkit.TestRedis;
import dev.sluice.engine.testkit.TestWaiting;
import dev.sluice.engine.testkit.TestWorld;
import dev.sluice.simulator.limit.MonthMeter.Pool;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The month's calls run out: by our books, or because others of the organisation spent them. */
@ExtendWith({PostgresExtension.class, RedisExtension.class})
class MonthTest {
    private static final String ONE_BY_ONE = "people_per_call = 1, reserve_percent = 20";

    @Test
    void bulkStopsBeforeTheReserveUrgentMessagesAtTheGrantAndANewGrantLetsTheRestGo(
            TestDatabase database, TestRedis redis) {
        try (TestWorld world =
                TestWorld.start(database, redis, "enterprise").grant("api", 10).people(30)) {
            long channel = world.channelOn(world.app("hr"), "hr", "dingtalk-work", ONE_BY_ONE);
            world.node("one");
            long bulk = world.submit(channel, "hello", TestWorld.users(1, 20));
            awaitStates(world, bulk, Map.of("sent", 8L, "waiting", 12L));
            long urgent = world.submit(channel, "fire", TestWorld.users(1, 5), 0);
            awaitStates(world, urgent, Map.of("sent", 2L, "waiting", 3L));
            assertThat(world.simulator().ledger().meteredCalls()).isEqualTo(10);

            database.execute("UPDATE budget SET granted = granted + 100");
            wakeUntilSettled(world, channel, bulk);
            wakeUntilSettled(world, channel, urgent);
            assertThat(world.states(bulk)).isEqualTo(Map.of("sent", 20L));
            assertThat(world.states(urgent)).isEqualTo(Map.of("sent", 5L));
            Soundness.holdsAndBooksAgree(world);
        }
    }

    @Test
    void whatOthersSpentIsBookedFromThePlatformsWordAndNobodyIsLost(TestDatabase database, TestRedis redis) {
        try (TestWorld world = TestWorld.start(database, redis, "standard")
                .grant("api", 10_000)
                .people(30)) {
            world.simulator().month().spend("ding0corp", Pool.API, 9_995);
            long channel = world.channelOn(world.app("hr"), "hr", "dingtalk-work", ONE_BY_ONE);
            world.node("one");
            long submission = world.submit(channel, "hello", TestWorld.users(1, 20));
            awaitStates(world, submission, Map.of("sent", 5L, "waiting", 15L));
            TestWorld.await(
                    TestWaiting.PATIENCE,
                    () -> world.number("SELECT foreign_spent FROM budget") > 9_900
                            && world.number("SELECT count(*) FROM call WHERE state = 0") == 0,
                    () -> "foreign " + world.number("SELECT foreign_spent FROM budget"));
            assertThat(world.number("SELECT count(*) FROM budget WHERE exhausted_until > now()"))
                    .isOne();

            world.platformOrganisation().setTier("professional");
            TestWorld.await(
                    TestWaiting.PATIENCE,
                    () -> {
                        // The word of a late answer may still be booked after the pack: the month is granted anew each
                        // time.
                        database.execute("UPDATE budget SET granted = 500000, exhausted_until = NULL");
                        world.wake(channel);
                        return !world.states(submission).containsKey("waiting");
                    },
                    () -> world.states(submission).toString());
            assertThat(world.states(submission)).isEqualTo(Map.of("sent", 20L));
            assertThat(world.simulator().ledger().duplicates()).isEmpty();
            assertThat(world.number("SELECT spent + reserved FROM budget")).isEqualTo(20);
        }
    }

    @Test
    void theBudgetFromBeforeALimitEndedHoldsNobody(TestDatabase database, TestRedis redis) {
        try (TestWorld world =
                TestWorld.start(database, redis, "enterprise").grant("api", 3).people(30)) {
            long channel = world.channelOn(world.app("hr"), "hr", "dingtalk-work", ONE_BY_ONE);
            world.node("one");
            long submission = world.submit(channel, "hello", TestWorld.users(1, 10));
            awaitStates(world, submission, Map.of("sent", 3L, "waiting", 7L));

            database.execute("UPDATE organisation_profile SET profile = 'unlimited'");
            awaitStates(world, submission, Map.of("sent", 10L));
            Soundness.holds(world);
            assertThat(world.number("SELECT spent + reserved FROM budget")).isEqualTo(10);
        }
    }

    private static void awaitStates(TestWorld world, long submission, Map<String, Long> states) {
        TestWorld.await(
                TestWaiting.PATIENCE,
                () -> world.states(submission).equals(states),
                () -> world.states(submission).toString());
    }

    /** The node believes that the month is spent for longer than this waits, so only the word that something changed helps. */
    private static void wakeUntilSettled(TestWorld world, long channel, long submission) {
        TestWorld.await(
                TestWaiting.PATIENCE,
                () -> {
                    world.wake(channel);
                    return !world.states(submission).containsKey("waiting");
                },
                () -> world.states(submission).toString());
    }
}
