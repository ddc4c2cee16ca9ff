package dev.sluice.engine.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.model.Limits;
import dev.sluice.engine.testkit.PostgresExtension;
import dev.sluice.engine.testkit.RedisExtension;
import dev.sluice.engine.testkit.TestDatabase;
import dev.sluice.engine.testkit.TestRedis;
import dev.sluice.engine.testkit.TestWaiting;
import dev.sluice.engine.testkit.TestWorld;
import dev.sluice.simulator.ledger.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Work notices, end to end. */
@ExtendWith({PostgresExtension.class, RedisExtension.class})
class WorkNoticeDeliveryTest {
    @Test
    void aBulkSubmissionReachesEverybodyOnceInFullBatches(TestDatabase database, TestRedis redis) {
        try (TestWorld world = TestWorld.start(database, redis, "enterprise")
                .grant("api", 1_000)
                .people(2_000)) {
            long channel = world.channel("hr", "dingtalk-work");
            world.node("one");
            long submission = world.submit(channel, "hello", TestWorld.users(1, 2_000));

            world.awaitSettled(submission, TestWaiting.PATIENCE);

            assertThat(world.states(submission)).containsExactly(java.util.Map.entry("sent", 2_000L));
            assertThat(world.simulator().ledger().recipients(Verdict.SHOWN)).isEqualTo(2_000);
            assertThat(world.simulator().ledger().duplicates()).isEmpty();
            assertThat(world.simulator().ledger().meteredCalls()).isEqualTo(20);
            assertThat(world.number("SELECT spent FROM budget")).isEqualTo(20);
            assertThat(world.number("SELECT reserved FROM budget")).isZero();
            assertThat(world.counterDifferences()).isEmpty();
            assertThat(world.number("SELECT count(*) FROM submission WHERE state = 4"))
                    .isEqualTo(1);
        }
    }

    @Test
    void singleSendsWithEqualContentShareCalls(TestDatabase database, TestRedis redis) {
        try (TestWorld world = TestWorld.start(database, redis, "enterprise")
                .grant("api", 1_000)
                .people(500)) {
            long channel = world.channel("alerts", "dingtalk-work");
            List<Long> submissions = new ArrayList<>();
            for (String user : TestWorld.users(1, 300)) {
                submissions.add(world.submit(channel, "disk full", List.of(user)));
            }
            world.node("one");
            submissions.forEach(submission -> world.awaitSettled(submission, TestWaiting.PATIENCE));

            assertThat(world.simulator().ledger().recipients(Verdict.SHOWN)).isEqualTo(300);
            // 3, unless a call left before all of them were read.
            assertThat(world.simulator().ledger().meteredCalls()).isBetween(3L, 30L);
        }
    }

    @Test
    void urgentMessagesLeaveTheCallsOfACampaignFull(TestDatabase database, TestRedis redis) {
        try (TestWorld world = TestWorld.start(database, redis, "enterprise")
                .grant("api", 1_000)
                .people(3_000)) {
            long channel = world.channel("hr", "dingtalk-work");
            List<Long> submissions = new ArrayList<>();
            submissions.add(world.submit(channel, "to all", TestWorld.users(1, 2_500)));
            for (String user : TestWorld.users(2_501, 5)) {
                submissions.add(world.submit(channel, "to " + user, List.of(user), 1));
            }
            world.node("one");
            submissions.forEach(submission -> world.awaitSettled(submission, TestWaiting.PATIENCE));

            assertThat(world.simulator().ledger().meteredCalls()).isEqualTo(25 + 5);
        }
    }

    @Test
    void whomThePlatformWouldDropSilentlyCostsNoCall(TestDatabase database, TestRedis redis) {
        try (TestWorld world = TestWorld.start(database, redis, "enterprise")
                .grant("api", 1_000)
                .people(500)) {
            long channel = world.channel("hr", "dingtalk-work");
            world.node("one");
            long first = world.submit(channel, "same words", TestWorld.users(1, 100));
            world.awaitSettled(first, TestWaiting.PATIENCE);
            long second = world.submit(channel, "same words", TestWorld.users(51, 100));
            world.awaitSettled(second, TestWaiting.PATIENCE);

            assertThat(world.states(second)).containsEntry("suppressed", 50L).containsEntry("sent", 50L);
            assertThat(world.simulator().ledger().drops()).isEmpty();
            assertThat(world.simulator().ledger().meteredCalls()).isEqualTo(2);
        }
    }

    /** Whoever comes in for them may not go either, so that it takes a second try, and by then the gate has refused the next question. */
    @Test
    void callsOfALaneAtItsLimitAreFilledUpForThoseWhoMayNotGo(TestDatabase database, TestRedis redis) {
        try (TestWorld world = TestWorld.start(database, redis, "enterprise")
                .grant("api", 1_000)
                .limit(Limits.QPS_PER_APP_AND_API, 1)
                .people(500)) {
            long channel = world.channel("hr", "dingtalk-work");
            world.node("one");
            List<String> reached = new ArrayList<>(TestWorld.users(1, 10));
            reached.addAll(TestWorld.users(101, 10));
            world.awaitSettled(world.submit(channel, "same words", reached), TestWaiting.PATIENCE);
            long second = world.submit(channel, "same words", TestWorld.users(1, 120));
            world.awaitSettled(second, TestWaiting.PATIENCE);

            assertThat(world.states(second)).isEqualTo(Map.of("suppressed", 20L, "sent", 100L));
            assertThat(world.simulator().ledger().meteredCalls()).isEqualTo(2);
        }
    }

    /** Whose name stands in a call twice gets one message of two. Where the same content may go twice, nothing else keeps the second one out. */
    @Test
    void whoComesInForThoseWhoMayNotGoIsNotInTheCallAlready(TestDatabase database, TestRedis redis) {
        try (TestWorld world = TestWorld.start(database, redis, "enterprise")
                .grant("api", 1_000)
                .limit(Limits.QPS_PER_APP_AND_API, 1)
                .limit(Limits.MESSAGES_PER_PERSON_AND_DAY, 2)
                .people(100)) {
            database.execute("UPDATE limit_profile SET limit_value = NULL WHERE limit_name = '"
                    + Limits.SAME_CONTENT_PER_PERSON_AND_DAY + "'");
            long channel = world.channel("hr", "dingtalk-work");
            List<Long> submissions = List.of(
                    world.submit(channel, "one", TestWorld.users(1, 10)),
                    world.submit(channel, "two", TestWorld.users(1, 10)),
                    world.submit(channel, "three", TestWorld.users(1, 60)),
                    world.submit(channel, "three", TestWorld.users(1, 60)));
            world.node("one");
            submissions.forEach(submission -> world.awaitSettled(submission, TestWaiting.PATIENCE));

            assertThat(world.number("""
                            SELECT count(*) FROM (
                              SELECT c.id FROM call c, unnest(c.submission_ids, c.ordinals) AS u (submission_id, ordinal)
                              JOIN delivery d USING (submission_id, ordinal)
                              GROUP BY c.id HAVING count(*) > count(DISTINCT d.recipient)) twice
                            """)).isZero();
        }
    }
}
