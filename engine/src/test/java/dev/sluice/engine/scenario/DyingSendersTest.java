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
import dev.sluice.simulator.fault.Effect;
import dev.sluice.simulator.fault.FaultRule;
import dev.sluice.simulator.http.Api;
import dev.sluice.simulator.ledger.Verdict;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Nodes die one after the other, each at another step of a call, and take over from each other until the last one finishes. */
@ExtendWith({PostgresExtension.class, RedisExtension.class})
class DyingSendersTest {
    private static final List<CrashPoint> STEPS = List.of(
            CrashPoint.CLAIM_AFTER,
            CrashPoint.INTENT_AFTER,
            CrashPoint.CALL_AFTER,
            CrashPoint.RECORD_BEFORE,
            CrashPoint.RECORD_AFTER,
            CrashPoint.RESEND_BEFORE_INTENT);
    /** All together stay below the people a minute of one organisation. */
    private static final int PEOPLE = 700;

    private final Map<String, NodeProcess> nodes = new TreeMap<>();
    private TestWorld world;

    @AfterEach
    void endAll() {
        nodes.values().forEach(NodeProcess::close);
        world.close();
    }

    @Test
    void whereverTheyDieNobodyIsLostOrReachedTwiceAndEveryCallIsBooked(TestDatabase database, TestRedis redis) {
        world = TestWorld.start(database, redis, "enterprise")
                .limit("qps-per-app-and-api", 10)
                .grant("api", 100_000)
                .people(PEOPLE);
        world.simulator().faults().add(FaultRule.next(2, Api.NOTICE_SEND, new Effect.ResponseLost()));
        List<Long> channels = IntStream.range(0, STEPS.size())
                .mapToObj(i -> world.channelOn(world.app("app" + i), "app" + i, "dingtalk-work", "people_per_call = 5"))
                .toList();
        for (CrashPoint step : STEPS) {
            String name = step.name().toLowerCase(Locale.ROOT);
            nodes.put(name, NodeProcess.startDying(world, name, step, step == CrashPoint.RESEND_BEFORE_INTENT ? 1 : 3));
            // One at a time: starting is the expensive part.
            await(() -> world.number("SELECT count(*) FROM node") == nodes.size());
        }
        channels.forEach(channel -> world.submit(channel, "to " + channel, TestWorld.users(1, PEOPLE)));
        await(() -> nodes.values().stream().allMatch(NodeProcess::died));
        assertThat(world.number("SELECT count(*) FROM delivery WHERE state = 0"))
                .as("left for whoever comes")
                .isPositive();

        long startedNanos = System.nanoTime();
        world.node("rescuer");
        await(() -> inStates("0, 7") == 0);
        System.out.printf("taken over and finished in %d ms%n", (System.nanoTime() - startedNanos) / 1_000_000);
        await(() -> world.number("SELECT count(*) FROM call WHERE state IN (0, 7)") == 0);

        long accepted = (long) STEPS.size() * PEOPLE;
        assertThat(inStates("1, 2")).isEqualTo(accepted);
        assertThat(world.simulator().ledger().recipients(Verdict.SHOWN)).isEqualTo(accepted);
        assertThat(world.number("SELECT sum(reserved) FROM budget")).isZero();
        assertThat(Soundness.booked(world) - world.simulator().ledger().meteredCalls())
                .as("booked for calls of which nobody knows that they never left")
                .isBetween(0L, world.number("SELECT count(*) FROM call WHERE state = 9"));
        Soundness.holds(world);
    }

    private long inStates(String states) {
        return world.number("SELECT count(*) FROM delivery WHERE state IN (" + states + ")");
    }

    private void await(BooleanSupplier condition) {
        TestWorld.await(TestWaiting.PATIENCE, condition, this::whatIsThere);
    }

    private String whatIsThere() {
        return Stream.concat(
                        Stream.of("waiting " + inStates("0") + ", in doubt " + inStates("7")),
                        nodes.values().stream().map(NodeProcess::tail))
                .reduce("", String::concat);
    }
}
