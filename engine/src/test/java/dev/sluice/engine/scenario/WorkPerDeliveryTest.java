package dev.sluice.engine.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.testkit.PostgresExtension;
import dev.sluice.engine.testkit.RedisExtension;
import dev.sluice.engine.testkit.TestDatabase;
import dev.sluice.engine.testkit.TestNode;
import dev.sluice.engine.testkit.TestRedis;
import dev.sluice.engine.testkit.TestWaiting;
import dev.sluice.engine.testkit.TestWorld;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a delivery costs in Postgres, counted by Postgres: work, not time, so that it is the same on every machine. */
@ExtendWith({PostgresExtension.class, RedisExtension.class})
class WorkPerDeliveryTest {
    private static final int PEOPLE = 4_000;
    private static final int CALLS = PEOPLE / 100;

    @Test
    void aDeliveryIsInsertedOnceUpdatedOnceInPlaceAndNeverScannedFor(TestDatabase database, TestRedis redis) {
        try (TestWorld world = TestWorld.start(database, redis, "enterprise")
                .grant("api", 1_000)
                .people(PEOPLE)) {
            long channel = world.channel("hr", "dingtalk-work");
            // An answer that comes late would be a second update.
            TestNode node = world.node("one", new TestNode.Settings(20_000, 1_000, 60_000, false, 300));
            world.submit(channel, "hello", TestWorld.users(1, PEOPLE));
            TestWorld.await(
                    TestWaiting.PATIENCE,
                    () -> world.number("SELECT count(*) FROM submission WHERE state = 4") == 1,
                    () -> "the submission did not end");
            // Backends report their counters when they end.
            node.stop();

            assertThat(counter(world, "delivery", "n_tup_ins")).isEqualTo(PEOPLE);
            assertThat(counter(world, "delivery", "n_tup_upd")).isEqualTo(PEOPLE);
            assertThat(counter(world, "delivery", "n_tup_hot_upd"))
                    .as("settling touches no index")
                    .isGreaterThanOrEqualTo(PEOPLE * 98 / 100);
            // The planner may scan a table this small for a page of the window, and there are few pages; a settling
            // that scanned would read every person once a call.
            assertThat(counter(world, "delivery", "seq_tup_read"))
                    .as("no settling scans")
                    .isLessThan((long) PEOPLE * CALLS / 3);
            assertThat(counter(world, "delivery", "idx_tup_fetch"))
                    .as("found by key to read and to settle, not once a call")
                    .isLessThan((long) PEOPLE * CALLS / 3);
            // On a slow machine a grant may age before its call leaves; then there is another call.
            long calls = world.number("SELECT count(*) FROM call");
            assertThat(counter(world, "call", "n_tup_ins")).isEqualTo(calls).isLessThanOrEqualTo(2L * CALLS);
            assertThat(counter(world, "call", "n_tup_upd")).isEqualTo(calls);
            assertThat(counter(world, "submission", "n_tup_upd"))
                    .as("its counters, once a settling at most")
                    .isLessThanOrEqualTo(calls);
            assertThat(world.number("SELECT n_tup_upd FROM pg_stat_user_tables WHERE relname = 'budget'"))
                    .as("an intent and a settling for each call at most")
                    .isLessThanOrEqualTo(2 * calls);
        }
    }

    private static long counter(TestWorld world, String table, String column) {
        return world.number(
                "SELECT sum(" + column + ")::bigint FROM pg_stat_user_tables WHERE relname LIKE '" + table + "\\_20%'");
    }
}
