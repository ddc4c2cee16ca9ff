package dev.sluice.engine.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.model.Disposition;
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

/** One person, or one content, makes the platform refuse every call that it is in. */
@ExtendWith({PostgresExtension.class, RedisExtension.class})
class PoisonTest {
    private static final int PEOPLE = 100;
    private static final String POISONED = "user000042";
    /** Halving a call of 100 down to one person: two calls on each of seven levels below the first. */
    private static final int CALLS_TO_FIND_ONE = 1 + 2 * 7;
    /** As often as a test node tries. */
    private static final int ATTEMPTS = 5;

    @Test
    void aPersonWhoMakesThePlatformRefuseAWholeCallIsFoundAndAllOthersGetTheirs(
            TestDatabase database, TestRedis redis) {
        try (TestWorld world = world(database, redis)) {
            long channel = world.channel("hr", "dingtalk-work");
            refuse(world, POISONED, 60121);
            world.node("one");
            long submission = world.submit(channel, "hello", TestWorld.users(1, PEOPLE));
            world.awaitSettled(submission, TestWaiting.PATIENCE);

            onlyThePoisonedFailed(world, submission, Disposition.INVALID_RECIPIENT, "60121");
            assertThat(world.number("SELECT count(*) FROM call")).isLessThanOrEqualTo(CALLS_TO_FIND_ONE);
        }
    }

    @Test
    void aPersonOnWhomThePlatformAnswersWhatNobodyKnowsTakesNobodyDownThoughNothingElseIsSent(
            TestDatabase database, TestRedis redis) {
        try (TestWorld world = world(database, redis)) {
            long channel = world.channel("hr", "dingtalk-work");
            refuse(world, POISONED, 987654);
            world.node("one");
            long submission = world.submit(channel, "hello", TestWorld.users(1, PEOPLE));
            world.awaitSettled(submission, TestWaiting.PATIENCE);

            onlyThePoisonedFailed(world, submission, Disposition.ATTEMPTS_EXHAUSTED, "987654");
            assertThat(world.number("SELECT count(*) FROM call")).isLessThanOrEqualTo(CALLS_TO_FIND_ONE + 2 * ATTEMPTS);
        }
    }

    @Test
    void aBatchThatMeetsAPassingFaultGoesAgainInOneCall(TestDatabase database, TestRedis redis) {
        try (TestWorld world = world(database, redis)) {
            long channel = world.channel("hr", "dingtalk-work");
            world.simulator().faults().add(FaultRule.next(2, Api.NOTICE_SEND, answer(-1)));
            world.node("one");
            long submission = world.submit(channel, "hello", TestWorld.users(1, PEOPLE));
            world.awaitSettled(submission, TestWaiting.PATIENCE);

            assertThat(world.states(submission)).isEqualTo(Map.of("sent", (long) PEOPLE));
            assertThat(world.number("SELECT count(*) FROM call")).isEqualTo(3);
            Soundness.holds(world);
        }
    }

    @Test
    void aContentThatThePlatformRefusesFailsForAllItsPeopleAtOnceAndOtherContentGoes(
            TestDatabase database, TestRedis redis) {
        try (TestWorld world = world(database, redis).limit("qps-per-app-and-api", 10)) {
            long channel = world.channelOn(world.app("hr"), "hr", "dingtalk-work", "people_per_call = 1");
            refuse(world, "lottery", 41049);
            long bad = world.submit(channel, "lottery", TestWorld.users(1, PEOPLE), 0);
            long good = world.submit(channel, "hello", TestWorld.users(1, 20));
            world.node("one");
            world.awaitSettled(bad, TestWaiting.PATIENCE);
            world.awaitSettled(good, TestWaiting.PATIENCE);

            assertThat(world.states(bad)).isEqualTo(Map.of("failed", (long) PEOPLE));
            assertThat(world.states(good)).isEqualTo(Map.of("sent", 20L));
            assertThat(world.number("SELECT count(*) FROM delivery WHERE state = 3 AND disposition = "
                            + Disposition.PROHIBITED_CONTENT.code()))
                    .isEqualTo(PEOPLE);
            assertThat(world.number("SELECT count(*) FROM call WHERE platform_code = '41049'"))
                    .as("only what was on the way when the first answer came")
                    .isBetween(1L, PEOPLE - 1L);
            Soundness.holds(world);
        }
    }

    @Test
    void anOutageThatOutlastsTheAttemptsOfABatchFailsNobody(TestDatabase database, TestRedis redis) {
        try (TestWorld world = world(database, redis)) {
            long channel = world.channel("hr", "dingtalk-work");
            long outage = world.simulator()
                    .faults()
                    .add(new FaultRule("", Api.NOTICE_SEND, "", 100, 0, -1, 1, Effect.serverError(500)));
            world.node("one");
            long submission = world.submit(channel, "hello", TestWorld.users(1, PEOPLE));
            TestWorld.await(
                    TestWaiting.PATIENCE,
                    () -> world.simulator().faults().met(outage) > ATTEMPTS + 1,
                    () -> world.states(submission).toString());
            world.simulator().faults().remove(outage);
            world.awaitSettled(submission, TestWaiting.PATIENCE);

            assertThat(world.states(submission)).isEqualTo(Map.of("sent", (long) PEOPLE));
            Soundness.holds(world);
        }
    }

    @Test
    void aContentThatPassesForNobodyIsGivenUpThoughNobodyKnowsThePlatformsCode(TestDatabase database, TestRedis redis) {
        try (TestWorld world = world(database, redis).people(4_000)) {
            long channel = world.channelOn(world.app("hr"), "hr", "dingtalk-work", "people_per_call = 1");
            refuse(world, "lottery", 987654);
            long bad = world.submit(channel, "lottery", TestWorld.users(1, 4 * PEOPLE));
            // Lasts longer, and shows that the platform is well.
            long good = world.submit(channel, "hello", TestWorld.users(1, 4_000));
            world.node("one");
            world.awaitSettled(bad, TestWaiting.PATIENCE);

            assertThat(world.states(bad)).isEqualTo(Map.of("failed", 4L * PEOPLE));
            assertThat(world.number("SELECT count(*) FROM delivery WHERE disposition = "
                            + Disposition.REFUSED_OTHERWISE.code()))
                    .as("given up before they were tried")
                    .isGreaterThan(2L * PEOPLE);
            assertThat(world.states(good)).containsKey("sent").doesNotContainKey("failed");
            assertThat(unknownRefusals(world))
                    .as("every attempt of everybody would be " + 4 * PEOPLE * ATTEMPTS)
                    .isLessThan(2L * PEOPLE);
            Soundness.holds(world);
        }
    }

    private static TestWorld world(TestDatabase database, TestRedis redis) {
        return TestWorld.start(database, redis, "enterprise")
                .grant("api", 10_000)
                .people(PEOPLE);
    }

    @Test
    void whatThePlatformRefusesInUnknownWordsLeavesTheProbesOfACircuitToWhatElseWaits(
            TestDatabase database, TestRedis redis) {
        try (TestWorld world = world(database, redis).people(4 * PEOPLE)) {
            long channel = world.channelOn(world.app("hr"), "hr", "dingtalk-work", "people_per_call = 1");
            refuse(world, "lottery", 987654);
            world.submit(channel, "lottery", TestWorld.users(1, 4 * PEOPLE));
            world.node("one");
            // Five in a row open the circuit, and the first probe fails too.
            TestWorld.await(
                    TestWaiting.PATIENCE,
                    () -> unknownRefusals(world) > ATTEMPTS,
                    () -> "refused " + unknownRefusals(world));
            long good = world.submit(channel, "hello", TestWorld.users(1, PEOPLE));
            world.awaitSettled(good, TestWaiting.PATIENCE);

            assertThat(world.states(good)).isEqualTo(Map.of("sent", (long) PEOPLE));
            Soundness.holds(world);
        }
    }

    private static long unknownRefusals(TestWorld world) {
        return world.number("SELECT count(*) FROM call WHERE platform_code = '987654'");
    }

    private static void refuse(TestWorld world, String text, int errcode) {
        world.simulator().faults().add(FaultRule.containing(text, Api.NOTICE_SEND, answer(errcode)));
    }

    private static Effect answer(int errcode) {
        return new Effect.Answer(
                200, "application/json", "{\"errcode\":" + errcode + ",\"errmsg\":\"as scripted\"}", false);
    }

    private static void onlyThePoisonedFailed(TestWorld world, long submission, Disposition why, String code) {
        assertThat(world.states(submission))
                .containsExactlyInAnyOrderEntriesOf(Map.of("sent", (long) PEOPLE - 1, "failed", 1L));
        assertThat(world.number(
                        "SELECT count(*) FROM delivery d JOIN call c ON c.tenant_id = d.tenant_id AND c.id = d.call_id"
                                + " WHERE d.state = 3 AND d.recipient = '" + POISONED + "' AND d.disposition = "
                                + why.code()
                                + " AND c.platform_code = '" + code + "'"))
                .isOne();
        assertThat(world.simulator().ledger().recipients(Verdict.SHOWN)).isEqualTo(PEOPLE - 1);
        Soundness.holds(world);
    }
}
