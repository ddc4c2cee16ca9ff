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
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A work notice of which nobody knows whether it arrived. */
@ExtendWith({PostgresExtension.class, RedisExtension.class})
class WorkNoticeDoubtTest {
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
}
