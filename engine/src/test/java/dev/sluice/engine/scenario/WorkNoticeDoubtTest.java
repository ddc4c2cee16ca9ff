package dev.sluice.engine.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.scheduling.status.LaneStatus;
import dev.sluice.engine.scheduling.status.LaneStatusBoard;
import dev.sluice.engine.scheduling.status.RedisLaneStatusBoard;
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
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A work notice of which nobody knows whether it arrived. */
@ExtendWith({PostgresExtension.class, RedisExtension.class, VertxExtension.class})
class WorkNoticeDoubtTest {
    private static final Effect BANNED =
            new Effect.Answer(200, "application/json", "{\"errcode\":90017,\"errmsg\":\"too many corps\"}", false);

    static Stream<Effect> silences() {
        return Stream.of(
                new Effect.ResponseLost(),
                new Effect.RequestLost(),
                new Effect.ResetBefore(),
                new Effect.ResetAfter(),
                Effect.garbage());
    }

    @ParameterizedTest
    @MethodSource("silences")
    void isSentAgainByteForByteAndTheResultSaysWhoHasIt(Effect silence, TestDatabase database, TestRedis redis) {
        try (TestWorld world = TestWorld.start(database, redis, "enterprise")
                .grant("api", 1_000)
                .people(1_000)) {
            long channel = world.channel("hr", "dingtalk-work");
            world.simulator().faults().add(FaultRule.next(2, Api.NOTICE_SEND, silence));
            world.node("one");
            long submission = world.submit(channel, "hello", TestWorld.users(1, 500));

            TestWorld.await(
                    TestWaiting.PATIENCE,
                    () -> world.number("SELECT count(*) FROM delivery WHERE state IN (1, 2)") == 500,
                    () -> world.states(submission).toString());

            assertThat(world.states(submission))
                    .containsExactlyInAnyOrderEntriesOf(Map.of("sent", 300L, "delivered", 200L));
            assertThat(world.number("SELECT count(*) FROM delivery WHERE state = 2 AND disposition = 18"))
                    .isEqualTo(200);
            assertThat(world.simulator().ledger().recipients(Verdict.SHOWN)).isEqualTo(500);
            assertThat(world.number("SELECT count(*) FROM call WHERE state = 9 AND purpose = 0"))
                    .isEqualTo(2);
            assertThat(world.number("SELECT count(*) FROM call WHERE purpose = 1 AND state <> 8"))
                    .isEqualTo(2);
            assertThat(world.number("SELECT count(*) FROM call WHERE state IN (0, 7)"))
                    .isZero();
            assertThat(world.number("SELECT spent FROM budget"))
                    .isEqualTo(world.number("SELECT count(*) FROM call WHERE state <> 8"));
            Soundness.holds(world);
        }
    }

    /** Each further call could begin the ban anew, whichever app makes it. */
    @Test
    void aBanThatAResendMeetsHoldsEverybodyBehindTheAddress(TestDatabase database, TestRedis redis, Vertx vertx) {
        LaneStatusBoard board = new RedisLaneStatusBoard(redis.commands(vertx));
        try (TestWorld world = TestWorld.start(database, redis, "enterprise")
                .grant("api", 1_000)
                .people(10)) {
            long doubtful = world.channel("hr", "dingtalk-work");
            long other = world.channel("it", "dingtalk-work");
            world.simulator().faults().add(FaultRule.next(1, Api.NOTICE_SEND, new Effect.RequestLost()));
            world.simulator().faults().add(new FaultRule("", Api.NOTICE_SEND, "", 100, 1, 1, 1, BANNED));
            world.node("one");
            world.submit(doubtful, "hello", TestWorld.users(1, 1));
            TestWorld.await(
                    TestWaiting.PATIENCE,
                    () -> world.number("SELECT count(*) FROM call WHERE purpose = 1 AND state = 2") == 1,
                    () -> "no resend was throttled");

            long later = world.submit(other, "late", TestWorld.users(2, 1));

            TestWorld.await(
                    TestWaiting.PATIENCE,
                    () -> gate(board, other).equals("platform throttle"),
                    () -> world.states(later) + " behind " + gate(board, other));
            assertThat(world.states(later)).isEqualTo(Map.of("waiting", 1L));
        }
    }

    private static String gate(LaneStatusBoard board, long channelId) {
        LaneStatus status = TestWaiting.await(board.read(List.of(channelId))).get(channelId);
        return status == null ? "" : status.bindingGate();
    }
}
