package dev.sluice.engine.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.testkit.PostgresExtension;
import dev.sluice.engine.testkit.RedisExtension;
import dev.sluice.engine.testkit.TestDatabase;
import dev.sluice.engine.testkit.TestNode;
import dev.sluice.engine.testkit.TestRedis;
import dev.sluice.engine.testkit.TestWaiting;
import dev.sluice.engine.testkit.TestWorld;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Lanes behind one public address, which lets fewer calls through than they want. */
@ExtendWith({PostgresExtension.class, RedisExtension.class})
class SharedAddressTest {
    private static final Duration WITHIN = TestWaiting.PATIENCE;
    private static final int CRITICAL = 0;
    private static final int BULK = 2;
    /** Calls of the address in 20 s, the call for the token among them. */
    private static final int MOST_CALLS = 3;

    private static final Duration WINDOW = Duration.ofSeconds(20);

    @Test
    void lanesGoInTheOrderInWhichTheyCameAndWhatIsUrgentFirst(TestDatabase database, TestRedis redis) {
        try (TestWorld world = behindABusyAddress(database, redis)) {
            List<Long> channels = channelsOfOneApp(world, 8);
            TestNode node = world.node("one");
            send(world, channels, 0, BULK);
            world.awaitSettled(send(world, channels, 1, BULK), WITHIN);

            List<Long> submissions = new ArrayList<>();
            for (int lane = 2; lane < 7; lane++) {
                submissions.add(send(world, channels, lane, BULK));
                awaitInLine(node, lane - 1);
            }
            submissions.add(send(world, channels, 7, CRITICAL));
            submissions.forEach(submission -> world.awaitSettled(submission, WITHIN));

            // Calls are numbered when they ask.
            List<Long> expected = new ArrayList<>(List.of(channels.get(7)));
            expected.addAll(channels.subList(2, 7));
            assertThat(world.numbers("SELECT channel_id FROM call ORDER BY id OFFSET 2"))
                    .isEqualTo(expected);
            assertThat(mostArrivalsInWindow(world)).isLessThanOrEqualTo(MOST_CALLS);
            assertThat(node.inLine()).isZero();
            Soundness.holdsAndBooksAgree(world);
        }
    }

    @Test
    void aLaneThatHasNothingLeftOrIsPausedHoldsNobodyUp(TestDatabase database, TestRedis redis) {
        try (TestWorld world = behindABusyAddress(database, redis)) {
            List<Long> channels = channelsOfOneApp(world, 5);
            TestNode node = world.node("one");
            send(world, channels, 0, BULK);
            world.awaitSettled(send(world, channels, 1, BULK), WITHIN);
            long cancelled = send(world, channels, 2, BULK);
            awaitInLine(node, 1);
            send(world, channels, 3, BULK);
            awaitInLine(node, 2);
            long last = send(world, channels, 4, BULK);
            awaitInLine(node, 3);

            database.execute("UPDATE submission SET state = 3 WHERE id = " + cancelled);
            world.wake(channels.get(2));
            database.execute(
                    "UPDATE channel SET state = 'paused', pause_reason = 'test' WHERE id = " + channels.get(3));

            world.awaitSettled(last, WITHIN);
            TestWorld.await(
                    WITHIN,
                    () -> world.states(cancelled).containsKey("cancelled"),
                    () -> world.states(cancelled).toString());
            TestWorld.await(WITHIN, () -> node.inLine() == 0, () -> node.inLine() + " stand in line");
            Soundness.holdsAndBooksAgree(world);
        }
    }

    private static TestWorld behindABusyAddress(TestDatabase database, TestRedis redis) {
        return TestWorld.start(database, redis, "enterprise")
                .limit("calls-per-ip-and-20s", MOST_CALLS)
                .grant("api", 10_000)
                .people(10);
    }

    private static List<Long> channelsOfOneApp(TestWorld world, int channels) {
        long app = world.app("hr");
        List<Long> ids = new ArrayList<>();
        for (int i = 0; i < channels; i++) {
            ids.add(world.channelOn(app, "hr-" + i, "dingtalk-work", ""));
        }
        return ids;
    }

    private static long send(TestWorld world, List<Long> channels, int lane, int priority) {
        return world.submit(channels.get(lane), "from lane " + lane, TestWorld.users(1, 1), priority);
    }

    private static void awaitInLine(TestNode node, int lanes) {
        TestWorld.await(WITHIN, () -> node.inLine() == lanes, () -> node.inLine() + " stand in line, not " + lanes);
    }

    private static int mostArrivalsInWindow(TestWorld world) {
        List<Long> arrivals = new ArrayList<>();
        world.simulator().ledger().forEach(call -> arrivals.add(call.arrivalNanos()));
        return arrivals.stream()
                .mapToInt(from -> (int) arrivals.stream()
                        .filter(at -> at >= from && at - from < WINDOW.toNanos())
                        .count())
                .max()
                .orElse(0);
    }
}
