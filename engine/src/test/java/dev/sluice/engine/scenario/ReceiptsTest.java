package dev.sluice.engine.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.model.CallState;
import dev.sluice.engine.model.Disposition;
import dev.sluice.engine.testkit.PostgresExtension;
import dev.sluice.engine.testkit.RedisExtension;
import dev.sluice.engine.testkit.TestDatabase;
import dev.sluice.engine.testkit.TestNode;
import dev.sluice.engine.testkit.TestRedis;
import dev.sluice.engine.testkit.TestWaiting;
import dev.sluice.engine.testkit.TestWorld;
import dev.sluice.simulator.directory.App;
import dev.sluice.simulator.directory.Standing;
import dev.sluice.simulator.fault.Effect;
import dev.sluice.simulator.fault.FaultRule;
import dev.sluice.simulator.fault.Latency;
import dev.sluice.simulator.http.Api;
import dev.sluice.simulator.ledger.Verdict;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The platform says yes to everybody and drops one in silence. */
@ExtendWith({PostgresExtension.class, RedisExtension.class})
class ReceiptsTest {
    private static final int PEOPLE = 200;
    private static final Duration LESS_THAN_A_MINUTE = Duration.ofSeconds(40);
    private TestWorld world;

    @BeforeEach
    void startWorld(TestDatabase database, TestRedis redis) {
        world = TestWorld.start(database, redis, "enterprise")
                .grant("api", 1_000)
                .people(PEOPLE);
        world.platformOrganisation().people().setStanding("user000003", Standing.SUPER_EXECUTIVE);
    }

    @AfterEach
    void closeWorld() {
        world.close();
    }

    @Test
    void askedAboutEveryCallASilentDropFailsWithItsReasonAndAllOthersAreDelivered() {
        long submission = sendWith("receipts = 'all', people_per_call = 10");
        awaitStates(submission, Map.of("delivered", PEOPLE - 1L, "failed", 1L));
        assertThat(world.number("SELECT disposition FROM delivery WHERE recipient = 'user000003'"))
                .isEqualTo(Disposition.PROTECTED_PERSON.code());
        assertThat(world.simulator().ledger().recipients(Verdict.SHOWN)).isEqualTo(PEOPLE - 1);
        Soundness.holdsAndBooksAgree(world);
    }

    @Test
    void whereverPeopleComeToIsCountedWhateverBringsThemThere() {
        long channel = world.channelOn(world.app("hr"), "hr", "dingtalk-work", "receipts = 'all'");
        TestNode node = world.node("one");
        long submission = world.submit(channel, "hello", TestWorld.users(1, 10));
        awaitStates(submission, Map.of("delivered", 9L, "failed", 1L));
        long again = world.submit(channel, "hello", TestWorld.users(1, 4));
        awaitStates(again, Map.of("suppressed", 4L));
        TestWorld.await(
                TestWaiting.PATIENCE,
                () -> node.settled("sent") == 10
                        && node.settled("delivered") == 9
                        && node.settled("failed") == 1
                        && node.settled("suppressed") == 4,
                () -> node.settled("sent") + " sent, " + node.settled("delivered") + " delivered, "
                        + node.settled("failed") + " failed, " + node.settled("suppressed") + " suppressed");
    }

    @Test
    void askedAboutASampleOnlyThosePeopleAreSaidToHaveIt() {
        long submission = sendWith("receipts = 'sample', receipt_sample_percent = 40, people_per_call = 2");
        world.awaitSettled(submission, TestWaiting.PATIENCE);
        TestWorld.await(
                TestWaiting.PATIENCE,
                () -> world.number("SELECT count(*) FROM call WHERE receipt_due_at IS NOT NULL OR state = 0") == 0,
                () -> world.states(submission).toString());
        long asked = world.number("SELECT count(DISTINCT subject_call_id) FROM call WHERE purpose = 2");
        long delivered = world.states(submission).getOrDefault("delivered", 0L);
        assertThat(asked).isBetween(1L, PEOPLE / 2 - 1L);
        assertThat(delivered).isBetween(2 * asked - 1, 2 * asked);
        assertThat(world.number("SELECT count(*) FROM delivery WHERE state = 2 AND recipient = 'user000003'"))
                .isZero();
        Soundness.holdsAndBooksAgree(world);
    }

    @Test
    void neverAskedNobodyIsSaidToHaveIt() {
        long submission = sendWith("receipts = 'none'");
        awaitStates(submission, Map.of("sent", (long) PEOPLE));
        assertThat(world.number("SELECT count(*) FROM call WHERE purpose = 2")).isZero();
        Soundness.holdsAndBooksAgree(world);
    }

    @Test
    void askedAboutRobotMessagesWhoeverIsListedHasItReadOrNot() {
        long channel = world.channelOn(world.app("robot"), "robot", "dingtalk-robot", "receipts = 'all'");
        world.node("one");
        long submission = world.submitContent(
                channel,
                "{\"msgKey\":\"sampleText\",\"msgParam\":{\"content\":\"hello\"}}",
                TestWorld.users(11, 50),
                1);
        awaitStates(submission, Map.of("delivered", 50L));
        assertThat(world.number("SELECT count(*) FROM call WHERE purpose = 2 AND state <> 8"))
                .isGreaterThanOrEqualTo(3);
        Soundness.holds(world);
    }

    @Test
    void whatThePlatformSaysToAnOwnerThatLostItsLeaseMeanwhileIsNotLost() {
        world.simulator()
                .faults()
                .add(FaultRule.next(1, Api.NOTICE_RESULT, new Effect.DelayBefore(new Latency.Fixed(1_000))));
        long channel = world.channelOn(world.app("hr"), "hr", "dingtalk-work", "receipts = 'all'");
        world.node("one");
        long submission = world.submit(channel, "hello", TestWorld.users(1, 10));
        TestWorld.await(
                TestWaiting.PATIENCE,
                () -> world.number("SELECT count(*) FROM call WHERE purpose = 2 AND state = 0") == 1,
                () -> world.states(submission).toString());
        world.database().execute("UPDATE app_lease SET epoch = epoch + 1");
        awaitStates(submission, Map.of("delivered", 9L, "failed", 1L));
        Soundness.holds(world);
    }

    @Test
    void aReasonForADropThatNobodyKnowsIsKeptAsThePlatformWroteIt() {
        String dropped = """
                {"errcode":0,"send_result":{"unread_user_id_list":["user000001"],"forbidden_list":[{"userid":"user000002","code":"143999","count":1}]}}
                """;
        world.simulator()
                .faults()
                .add(FaultRule.next(1, Api.NOTICE_RESULT, new Effect.Answer(200, "application/json", dropped, false)));
        long channel = world.channelOn(world.app("hr"), "hr", "dingtalk-work", "receipts = 'all'");
        world.node("one");
        long submission = world.submit(channel, "hello", TestWorld.users(1, 2));
        awaitStates(submission, Map.of("delivered", 1L, "failed", 1L));
        assertThat(world.number("SELECT disposition FROM delivery WHERE recipient = 'user000002'"))
                .isEqualTo(Disposition.REFUSED_OTHERWISE.code());
        assertThat(world.database().text("SELECT platform_code || ': ' || platform_text FROM call WHERE purpose = 2"))
                .isEqualTo("143999: 143999 user000002");
    }

    /** The platform counts questions apart from sends: what it says of the one is not about the other. */
    @Test
    void aThrottledQuestionHoldsQuestionsAndNothingElse() {
        String throttled = "{\"errcode\":90006,\"errmsg\":\"calls a minute\"}";
        world.simulator()
                .faults()
                .add(FaultRule.next(
                        1, Api.NOTICE_RESULT, new Effect.Answer(200, "application/json", throttled, false)));
        long channel = world.channelOn(world.app("hr"), "hr", "dingtalk-work", "receipts = 'all'");
        world.node("one");
        world.submit(channel, "hello", TestWorld.users(1, 10));
        TestWorld.await(
                TestWaiting.PATIENCE,
                () -> world.number(
                                "SELECT count(*) FROM call WHERE purpose = 2 AND state = " + CallState.THROTTLED.code())
                        == 1,
                () -> "no question was throttled");
        long next = world.submit(channel, "goodbye", TestWorld.users(1, 10));
        world.awaitSettled(next, LESS_THAN_A_MINUTE);

        assertThat(world.number("SELECT count(*) FROM call WHERE purpose = 2")).isEqualTo(1);
        assertThat(world.number("SELECT count(*) FROM call WHERE receipt_due_at IS NOT NULL AND receipt_attempts = 0"))
                .isEqualTo(2);
        Soundness.holds(world);
    }

    /** Booked as spent they would empty the month, and six of them would give the receipt up, within minutes of a wrong secret. */
    @Test
    void aQuestionForWhichThereIsNoTokenCostsNothingAndStaysDue() {
        world.simulator().faults().add(FaultRule.next(1, Api.NOTICE_RESULT, new Effect.RevokeToken()));
        long channel = world.channelOn(world.app("hr"), "hr", "dingtalk-work", "receipts = 'all'");
        world.node("one", new TestNode.Settings(3_000, 1_000, 10_000, true, 300));
        long submission = world.submit(channel, "hello", TestWorld.users(1, 10));
        world.awaitSettled(submission, TestWaiting.PATIENCE);
        world.simulator().directory().addApp(App.of("ding0corp", "key-hr", "another", 4711));
        TestWorld.await(
                TestWaiting.PATIENCE,
                () -> world.number("SELECT count(*) FROM call WHERE receipt_due_at > now() + interval '30 seconds'")
                        == 1,
                () -> world.number("SELECT count(*) FROM call WHERE purpose = 2") + " questions");

        assertThat(world.number("SELECT count(*) FROM call WHERE purpose = 2")).isEqualTo(1);
        assertThat(world.number("SELECT max(receipt_attempts) FROM call")).isEqualTo(1);
        Soundness.holds(world);
    }

    /** Whom such a resend leaves in doubt stays so; asking for them each second until the platform forgets would empty the month. */
    @Test
    void aResendWhoseDoubtIsOverIsAskedAboutOnce() {
        long submission = sendWith("receipts = 'none'");
        awaitStates(submission, Map.of("sent", (long) PEOPLE));
        world.database().execute("""
                UPDATE call SET purpose = 1, subject_call_id = id - 1, receipt_due_at = now()
                  WHERE id = (SELECT call_id FROM delivery WHERE recipient = 'user000003');
                UPDATE submission SET sent = sent - 1, in_doubt = in_doubt + 1;
                UPDATE delivery SET state = 7, call_id = call_id - 1 WHERE recipient = 'user000003'
                """);
        TestWorld.await(
                TestWaiting.PATIENCE,
                () -> world.number("SELECT count(*) FROM call WHERE receipt_due_at IS NOT NULL") == 0,
                () -> world.number("SELECT count(*) FROM call WHERE purpose = 2") + " queries");
        assertThat(world.number("SELECT count(*) FROM call WHERE purpose = 2")).isEqualTo(1);
        assertThat(world.states(submission)).isEqualTo(Map.of("sent", PEOPLE - 1L, "in_doubt", 1L));
        Soundness.holds(world);
    }

    /** As many as a round reads, all due before the others. */
    @Test
    void whatThisBuildCannotAskAboutIsKeptAndHoldsUpNobody() {
        long app = world.app("hr");
        long unknown = world.channelOn(app, "pigeons", "pigeon-post", "");
        long group = world.channelOn(app, "group", "dingtalk-webhook", "");
        receiptsDue(app, unknown, 1, 200);
        receiptsDue(app, group, 201, 201);
        long channel = world.channelOn(app, "hr", "dingtalk-work", "receipts = 'all'");
        world.node("one");
        long submission = world.submit(channel, "hello", TestWorld.users(1, 10));
        awaitStates(submission, Map.of("delivered", 9L, "failed", 1L));
        assertThat(world.number("SELECT count(*) FROM call WHERE receipt_due_at > now() + interval '50 minutes'"
                        + " AND receipt_attempts = 0 AND channel_id IN (" + unknown + ", " + group + ")"))
                .isEqualTo(201);
        Soundness.holds(world);
    }

    private void receiptsDue(long app, long channel, int from, int to) {
        world.database().execute("""
                INSERT INTO call (tenant_id, id, app_id, channel_id, organisation_id, purpose, api, node, epoch, submission_ids, ordinals,
                                  budget_month, budget_pool, units, charge, state, answered_at, platform_ref, receipt_due_at)
                SELECT %d, sluice_id_floor(now() - interval '1 hour') + n, %d, %d, %d, 0, 'api', 'earlier', 1, '{}', '{}',
                       date_trunc('month', now()), 'api', 0, 1, %d, now(), 'ref', now() - interval '1 hour'
                FROM generate_series(%d, %d) n
                """.formatted(
                        world.tenantId(), app, channel, world.organisationId(), CallState.ACCEPTED.code(), from, to));
    }

    private long sendWith(String settings) {
        long channel = world.channelOn(world.app("hr"), "hr", "dingtalk-work", settings);
        world.node("one");
        return world.submit(channel, "hello", TestWorld.users(1, PEOPLE));
    }

    private void awaitStates(long submission, Map<String, Long> states) {
        TestWorld.await(
                TestWaiting.PATIENCE,
                () -> world.states(submission).equals(states),
                () -> world.states(submission).toString());
    }
}
