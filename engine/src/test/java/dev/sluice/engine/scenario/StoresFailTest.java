package dev.sluice.engine.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.scheduling.hold.Trouble;
import dev.sluice.engine.testkit.PostgresExtension;
import dev.sluice.engine.testkit.RedisExtension;
import dev.sluice.engine.testkit.TestDatabase;
import dev.sluice.engine.testkit.TestNode;
import dev.sluice.engine.testkit.TestRedis;
import dev.sluice.engine.testkit.TestWaiting;
import dev.sluice.engine.testkit.TestWorld;
import dev.sluice.simulator.http.Api;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Redis and Postgres fail in the middle of a run; nothing is restarted. */
@ExtendWith({PostgresExtension.class, RedisExtension.class})
class StoresFailTest {
    private static final int SILENT_LOOKS = 200;

    private static TestWorld busy(TestDatabase database, TestRedis redis) {
        TestWorld world = TestWorld.start(database, redis, "enterprise")
                .limit("qps-per-app-and-api", 20)
                .grant("api", 10_000)
                .people(1_000);
        world.simulator().limits().set("tiers.enterprise.qps", 20);
        return world;
    }

    private static void breaks(TestWorld world, Runnable trouble) {
        long channel = world.channelOn(world.app("hr"), "hr", "dingtalk-work", "people_per_call = 1");
        world.node("one");
        long submission = world.submit(channel, "hello", TestWorld.users(1, 200));
        TestWorld.await(
                TestWaiting.PATIENCE,
                () -> world.states(submission).getOrDefault("sent", 0L) > 40,
                () -> world.states(submission).toString());
        trouble.run();

        TestWorld.await(
                TestWaiting.PATIENCE,
                () -> world.number("SELECT count(*) FROM delivery WHERE state IN (1, 2)") == 200,
                () -> world.states(submission).toString());
        assertThat(world.simulator().ledger().worstWindow("key-hr", Api.NOTICE_SEND, Duration.ofSeconds(1)))
                .isLessThanOrEqualTo(20);
        assertThat(world.number("SELECT count(*) FROM call WHERE state = 0")).isZero();
        Soundness.holds(world);
    }

    @Test
    void aFlushedRedisOverrunsNothing(TestDatabase database, TestRedis redis) {
        try (TestWorld world = busy(database, redis)) {
            breaks(world, redis::flushAll);
        }
    }

    @Test
    void aRestartedRedisOverrunsNothing(TestDatabase database, TestRedis redis) {
        try (TestWorld world = busy(database, redis)) {
            breaks(world, () -> {
                redis.stop();
                redis.start();
            });
        }
    }

    @Test
    void brokenConnectionsToPostgresLoseNobody(TestDatabase database, TestRedis redis) {
        try (TestWorld world = busy(database, redis)) {
            breaks(world, database::resetConnections);
        }
    }

    @Test
    void aRestartedPostgresLosesNobody(TestDatabase database, TestRedis redis) {
        try (TestWorld world = busy(database, redis)) {
            breaks(world, database::restartServer);
        }
    }

    @Test
    void aPostgresThatFreezesHoldsEverythingAndLosesNobody(TestDatabase database, TestRedis redis) {
        try (TestWorld world = busy(database, redis)) {
            breaks(world, () -> {
                database.freeze();
                awaitSilence(world);
                database.thaw();
            });
        }
    }

    @Test
    void aRedisThatFreezesHoldsEverythingAndOverrunsNothing(TestDatabase database, TestRedis redis) {
        try (TestWorld world = busy(database, redis)) {
            breaks(world, () -> {
                redis.freeze();
                awaitSilence(world);
                redis.outlastTimeLimit();
                redis.thaw();
            });
        }
    }

    @Test
    void aLaneThatIsHeldForWantOfRedisIsCountedUntilItSendsAgain(TestDatabase database, TestRedis redis) {
        try (TestWorld world = busy(database, redis)) {
            long channel = world.channelOn(world.app("hr"), "hr", "dingtalk-work", "people_per_call = 1");
            TestNode node = world.node("one");
            long submission = world.submit(channel, "hello", TestWorld.users(1, 200));
            TestWorld.await(
                    TestWaiting.PATIENCE,
                    () -> world.states(submission).getOrDefault("sent", 0L) > 40,
                    () -> world.states(submission).toString());
            redis.stop();
            TestWorld.await(
                    TestWaiting.PATIENCE,
                    () -> node.lanesHeld(Trouble.LIMITER) + node.lanesHeld(Trouble.PEOPLE) == 1,
                    () -> "nobody hears that nothing is sent");
            redis.start();
            world.awaitSettled(submission, TestWaiting.PATIENCE);
            TestWorld.await(
                    TestWaiting.PATIENCE,
                    () -> node.lanesHeld(Trouble.LIMITER) + node.lanesHeld(Trouble.PEOPLE) == 0,
                    () -> "held although all is sent");
        }
    }

    /** Its calls are held back at the last moment, and each is written down twice, perhaps by the very store that is why. */
    @Test
    void aNodeWhoseLeaseIsNotRenewedTriesEverLessOften(TestDatabase database, TestRedis redis) throws SQLException {
        try (TestWorld world = busy(database, redis);
                Connection other = database.connect();
                Statement lock = other.createStatement()) {
            long channel = world.channelOn(world.app("hr"), "hr", "dingtalk-work", "people_per_call = 1");
            world.node("one");
            long submission = world.submit(channel, "hello", TestWorld.users(1, 400));
            TestWorld.await(
                    TestWaiting.PATIENCE,
                    () -> world.states(submission).containsKey("sent"),
                    () -> world.states(submission).toString());
            other.setAutoCommit(false);
            lock.execute("SELECT FROM node FOR UPDATE");
            TestWorld.await(
                    TestWaiting.PATIENCE,
                    () -> world.number("SELECT count(*) FROM node WHERE lease_until < now()") == 1,
                    () -> "the lease is renewed");
            long heldBack = world.number("SELECT count(*) FROM call WHERE state = 8");
            other.rollback();
            world.awaitSettled(submission, TestWaiting.PATIENCE);

            assertThat(heldBack).isBetween(1L, 300L);
            Soundness.holds(world);
        }
    }

    /** Until no call has come for a while: what was on its way has ended. */
    private static void awaitSilence(TestWorld world) {
        long[] seen = {-1, 0};
        TestWorld.await(
                TestWaiting.PATIENCE,
                () -> {
                    long calls = world.simulator().ledger().size();
                    seen[1] = calls == seen[0] ? seen[1] + 1 : 0;
                    seen[0] = calls;
                    return seen[1] == SILENT_LOOKS;
                },
                () -> "calls go on without a store");
    }
}
