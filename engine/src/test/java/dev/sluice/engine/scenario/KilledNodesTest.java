package dev.sluice.engine.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.testkit.NodeProcess;
import dev.sluice.engine.testkit.PostgresExtension;
import dev.sluice.engine.testkit.RedisExtension;
import dev.sluice.engine.testkit.TestDatabase;
import dev.sluice.engine.testkit.TestRedis;
import dev.sluice.engine.testkit.TestWaiting;
import dev.sluice.engine.testkit.TestWorld;
import dev.sluice.simulator.fault.Effect;
import dev.sluice.simulator.fault.FaultRule;
import dev.sluice.simulator.fault.Latency;
import dev.sluice.simulator.http.Api;
import dev.sluice.simulator.ledger.Verdict;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Real node processes are killed or paused while their calls are on the way. */
@ExtendWith({PostgresExtension.class, RedisExtension.class})
class KilledNodesTest {
    private static final long SEED = 20261121L;
    private static final List<String> APPS = List.of("hr", "it", "news");
    /** All together stay below the people a minute of one organisation. */
    private static final int PEOPLE = 1_500;

    private static final int QPS = 25;

    private final List<NodeProcess> nodes = new ArrayList<>();
    private TestWorld world;

    @BeforeEach
    void startWorld(TestDatabase database, TestRedis redis) {
        world = TestWorld.start(database, redis, "enterprise")
                .limit("qps-per-app-and-api", QPS)
                .grant("api", 100_000)
                .people(PEOPLE);
        world.simulator().limits().set("tiers.enterprise.qps", QPS);
        slow(SEED, new Effect.DelayBefore(new Latency.Uniform(15, 30)));
        slow(SEED + 1, new Effect.DelayAfter(new Latency.Uniform(15, 30)));
    }

    private void slow(long seed, Effect effect) {
        world.simulator().faults().add(FaultRule.share(100, Api.NOTICE_SEND, seed, effect));
    }

    @AfterEach
    void endAll() {
        nodes.forEach(NodeProcess::close);
        // Near the platform's midnight there is none.
        if (world != null) {
            world.close();
        }
    }

    @Test
    void aKilledNodesWorkIsFinishedByOthersWithoutLossOrRepetition() {
        NodeProcess victim = startCampaignsOnTwoNodes();
        victim.kill();
        assertThat(victim.temporaryFiles()).as("what nobody would tidy up").isEmpty();
        await(() -> callsInTrouble(victim) == 0 && owned(victim) == 0);
        start("three");

        awaitSettled();
        assertSound();
    }

    @Test
    void aNodePausedForLongerThanItsLeaseNeitherRepeatsNorOverrunsWhenItWakes() {
        NodeProcess victim = startCampaignsOnTwoNodes();
        victim.pause();
        await(() -> owned(victim) == 0);
        assertThat(world.number("SELECT count(*) FROM delivery WHERE state = 0"))
                .as("work left for the moment of waking")
                .isPositive();
        victim.resume();

        awaitSettled();
        assertSound();
        for (String app : APPS) {
            assertThat(world.simulator().ledger().worstWindow("key-" + app, Api.NOTICE_SEND, Duration.ofSeconds(1)))
                    .as(app)
                    .isBetween(1L, (long) QPS);
        }
    }

    @Test
    void aNodeThatIsToldToStopEndsItsCallsAndLeavesNothingInDoubt() {
        NodeProcess stopped = startCampaignsOnTwoNodes();
        stopped.terminate();
        assertThat(joined(stopped)).as("its place is free").isFalse();
        assertThat(owned(stopped)).as("apps that wait for its lease to end").isZero();
        assertThat(callsInTrouble(stopped)).as(stopped::tail).isZero();

        awaitSettled();
        assertSound();
    }

    /** Returns one of them in the middle of its work: it has calls on the way, and most of its people wait. */
    private NodeProcess startCampaignsOnTwoNodes() {
        List<Long> channels = APPS.stream()
                .map(app -> world.channelOn(world.app(app), app, "dingtalk-work", "people_per_call = 5"))
                .toList();
        start("one");
        start("two");
        await(() -> nodes.stream().allMatch(node -> running(node) && joined(node)));
        for (long channel : channels) {
            world.submit(channel, "to " + channel, TestWorld.users(1, PEOPLE));
        }
        await(() -> sent() > 300);
        AtomicReference<NodeProcess> victim = new AtomicReference<>();
        await(() -> {
            nodes.stream().filter(node -> callsInTrouble(node) > 0).findFirst().ifPresent(victim::set);
            return victim.get() != null;
        });
        return victim.get();
    }

    private void start(String name) {
        nodes.add(NodeProcess.start(world, name));
    }

    private boolean running(NodeProcess node) {
        assertThat(node.isAlive()).as(node::tail).isTrue();
        return true;
    }

    private boolean joined(NodeProcess node) {
        return world.number("SELECT count(*) FROM node WHERE name = '" + node.name() + "'") > 0;
    }

    /** Apps that nobody has taken over from it. */
    private long owned(NodeProcess node) {
        return world.number(
                "SELECT count(*) FROM app_lease JOIN node USING (incarnation) WHERE name = '" + node.name() + "'");
    }

    /** Calls whose answer is not known: on the way, or left behind. */
    private long callsInTrouble(NodeProcess node) {
        return world.number("SELECT count(*) FROM call WHERE state = 0 AND node = '" + node.name() + "'");
    }

    private long sent() {
        return world.number("SELECT count(*) FROM delivery WHERE state IN (1, 2)");
    }

    private void awaitSettled() {
        await(() -> world.number("SELECT count(*) FROM delivery WHERE state = 0") == 0);
        await(() -> world.number("SELECT count(*) FROM call WHERE state = 0") == 0);
    }

    private void await(BooleanSupplier condition) {
        TestWorld.await(TestWaiting.PATIENCE, condition, this::whatIsThere);
    }

    private String whatIsThere() {
        StringBuilder said = new StringBuilder("by state (0 waits, 1 sent, 7 in doubt):");
        for (int state = 0; state < 8; state++) {
            said.append(' ').append(world.number("SELECT count(*) FROM delivery WHERE state = " + state));
        }
        nodes.forEach(node -> said.append(node.tail()));
        return said.toString();
    }

    private void assertSound() {
        Soundness.holds(world);
        long accepted = (long) APPS.size() * PEOPLE;
        assertThat(world.number("SELECT count(*) FROM delivery WHERE state IN (1, 2, 7)"))
                .as(this::whatIsThere)
                .isEqualTo(accepted);
        assertThat(world.number("SELECT sum(sent + delivered + in_doubt) FROM submission"))
                .isEqualTo(accepted);
        assertThat(shown()).containsAll(said());
    }

    /** Who was shown something, as {@code app key/person}, by the platform's ledger. */
    private Set<String> shown() {
        Set<String> shown = new HashSet<>();
        world.simulator()
                .ledger()
                .forEach(call -> world.simulator().ledger().recipients(call).stream()
                        .filter(person -> person.verdict() == Verdict.SHOWN)
                        .forEach(person -> shown.add(call.appKey() + "/" + person.userid())));
        return shown;
    }

    /** Whom we call sent, in the same form. */
    private Set<String> said() {
        Set<String> said = new HashSet<>();
        try (Connection connection = world.database().connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("""
                        SELECT a.app_key || '/' || d.recipient
                        FROM delivery d JOIN channel c ON c.id = d.channel_id JOIN app a ON a.id = c.app_id WHERE d.state IN (1, 2)
                        """)) {
            while (rows.next()) {
                said.add(rows.getString(1));
            }
        } catch (SQLException broken) {
            throw new IllegalStateException(broken);
        }
        assertThat(said).isNotEmpty();
        return said;
    }
}
