package dev.sluice.engine.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.recovery.CrashPoint;
import dev.sluice.engine.testkit.NodeProcess;
import dev.sluice.engine.testkit.PostgresExtension;
import dev.sluice.engine.testkit.RedisExtension;
import dev.sluice.engine.testkit.TestDatabase;
import dev.sluice.engine.testkit.TestRedis;
import dev.sluice.engine.testkit.TestWaiting;
import dev.sluice.engine.testkit.TestWorld;
import dev.sluice.simulator.http.Api;
import dev.sluice.simulator.ledger.Verdict;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A node is frozen in the middle of a call, for longer than its lease; another one finishes its work; then it wakes and goes on where it was. */
@ExtendWith({PostgresExtension.class, RedisExtension.class})
class WokenNodeTest {
    private static final int PEOPLE = 60;
    private static final String TEXT = "hello";

    /** The intent stands and nothing left: it wants to call. The platform answered and nothing is written: it wants to settle. */
    @ParameterizedTest
    @EnumSource(names = {"INTENT_AFTER", "CALL_AFTER"})
    void neitherCallsNorSettlesAndItsSuccessorsOutcomeStands(
            CrashPoint frozenAt, TestDatabase database, TestRedis redis) {
        try (TestWorld world = TestWorld.start(database, redis, "enterprise")
                .grant("api", 1_000)
                .people(PEOPLE)) {
            // One call at a time, so that the frozen node has people in memory whom nobody was sent to.
            world.limit("qps-per-app-and-api", 1);
            long channel = world.channelOn(world.app("hr"), "hr", "dingtalk-work", "people_per_call = 10");
            try (NodeProcess frozen = NodeProcess.startFreezing(world, "frozen", frozenAt, 2)) {
                world.submit(channel, TEXT, TestWorld.users(1, PEOPLE));
                await(world, frozen, "SELECT count(*) = 2 FROM call WHERE node = 'frozen'");
                world.node("successor");
                await(world, frozen, "SELECT count(*) = 0 FROM delivery WHERE state IN (0, 7)");
                await(
                        world,
                        frozen,
                        "SELECT count(*) = 0 FROM call WHERE state IN (0, 7) OR receipt_due_at IS NOT NULL");
                List<String> concluded = everything(database);
                long calls = sends(world);

                frozen.resume();
                TestWorld.await(
                        TestWaiting.PATIENCE,
                        () -> frozen.said("had ended before its outcome was written here"),
                        frozen::tail);

                // Its next step goes the same way; whatever it marks or unmarks, nobody is sent the same again.
                long again = world.submit(channel, TEXT, TestWorld.users(1, PEOPLE));
                world.awaitSettled(again, TestWaiting.PATIENCE);
                assertThat(world.states(again)).isEqualTo(Map.of("suppressed", (long) PEOPLE));
                database.execute("DELETE FROM delivery WHERE submission_id = " + again
                        + "; DELETE FROM submission WHERE id = " + again);
                assertThat(everything(database)).containsExactlyElementsOf(concluded);
                assertThat(sends(world)).isEqualTo(calls);
            }
            assertThat(world.number("SELECT count(*) FROM delivery WHERE state IN (1, 2)"))
                    .isEqualTo(PEOPLE);
            assertThat(world.simulator().ledger().recipients(Verdict.SHOWN)).isEqualTo(PEOPLE);
            assertThat(world.number("SELECT sum(reserved) FROM budget")).isZero();
            Soundness.holds(world);
        }
    }

    /** Calls, deliveries, counters and books, to the last column. */
    private static List<String> everything(TestDatabase database) {
        return Stream.of("call", "delivery", "submission", "attempt", "budget")
                .flatMap(
                        table -> database.text("SELECT coalesce(string_agg(t::text, E'\\n' ORDER BY t::text), '') FROM "
                                        + table + " t")
                                .lines()
                                .map(row -> table + row))
                .toList();
    }

    private static long sends(TestWorld world) {
        AtomicLong sends = new AtomicLong();
        world.simulator().ledger().forEach(call -> sends.addAndGet(call.api() == Api.NOTICE_SEND ? 1 : 0));
        return sends.get();
    }

    private static void await(TestWorld world, NodeProcess node, String condition) {
        TestWorld.await(
                TestWaiting.PATIENCE,
                () -> world.database().text(condition).equals("t"),
                () -> condition + node.tail());
    }
}
