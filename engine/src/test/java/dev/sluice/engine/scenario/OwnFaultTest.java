package dev.sluice.engine.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.recovery.CrashPoint;
import dev.sluice.engine.testkit.PostgresExtension;
import dev.sluice.engine.testkit.RedisExtension;
import dev.sluice.engine.testkit.TestDatabase;
import dev.sluice.engine.testkit.TestNode;
import dev.sluice.engine.testkit.TestRedis;
import dev.sluice.engine.testkit.TestWaiting;
import dev.sluice.engine.testkit.TestWorld;
import dev.sluice.simulator.ledger.Verdict;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Something of ours breaks in the middle of a call, and the node lives on. */
@ExtendWith({PostgresExtension.class, RedisExtension.class})
class OwnFaultTest {
    private static final int PEOPLE = 500;

    @ParameterizedTest
    @EnumSource(
            value = CrashPoint.class,
            names = {"CLAIM_AFTER", "INTENT_AFTER", "CALL_AFTER"})
    void whereverItBreaksEverybodyGetsItOnceAndTheBooksAgree(CrashPoint step, TestDatabase database, TestRedis redis) {
        try (TestWorld world = TestWorld.start(database, redis, "enterprise")
                .grant("api", 1_000)
                .people(1_000)) {
            long channel = world.channel("hr", "dingtalk-work");
            AtomicInteger calls = new AtomicInteger();
            world.node("one", TestNode.Settings.QUICK, point -> {
                if (point == step && calls.incrementAndGet() == 2) {
                    throw new IllegalStateException("a fault of ours");
                }
            });
            long submission = world.submit(channel, "hello", TestWorld.users(1, PEOPLE));

            TestWorld.await(
                    TestWaiting.PATIENCE,
                    () -> world.number("SELECT count(*) FROM delivery WHERE state IN (1, 2)") == PEOPLE,
                    () -> world.states(submission).toString());
            TestWorld.await(
                    TestWaiting.PATIENCE,
                    () -> world.number("SELECT count(*) FROM call WHERE state IN (0, 7)") == 0,
                    () -> "calls are open");

            assertThat(world.simulator().ledger().recipients(Verdict.SHOWN)).isEqualTo(PEOPLE);
            Soundness.holds(world);
        }
    }
}
