package dev.sluice.admin;

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
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** An operator settles what a call left in doubt while a node goes on with the rest of the submission. */
@ExtendWith({PostgresExtension.class, RedisExtension.class})
class DoubtWithNodeTest {
    private static final int PEOPLE = 300;
    /** In one call of a robot. */
    private static final int LOST = 20;

    private static final String CONTENT = "{\"msgKey\":\"sampleText\",\"msgParam\":{\"content\":\"hello\"}}";

    @Test
    void whatTheOperatorDecidesHoldsAndWhoShallHaveItAgainGetsItOnce(TestDatabase database, TestRedis redis) {
        try (TestWorld world = TestWorld.start(database, redis, "enterprise")
                        .limit("qps-per-app-and-api", 1)
                        .grant("api", 1_000)
                        .people(PEOPLE);
                AdminTestServer server = new AdminTestServer(database)) {
            long channel = world.channel("robot", "dingtalk-robot");
            world.simulator().faults().add(FaultRule.next(1, Api.ROBOT_SEND, new Effect.RequestLost()));
            world.node("one");
            long submission = world.submitContent(channel, CONTENT, TestWorld.users(1, PEOPLE), 1);
            String doubts = "/v1/tenants/" + world.tenantId() + "/doubts";
            TestWaiting.until(
                    TestWaiting.PATIENCE,
                    () -> world.number("SELECT count(*) FROM call WHERE state = 9") == 1,
                    () -> world.states(submission).toString());

            List<Integer> inDoubt = people(server, doubts + "/" + submission);
            assertThat(inDoubt).hasSize(LOST);
            settle(server, doubts, submission, "mark-sent", inDoubt.subList(0, 5));
            settle(server, doubts, submission, "mark-failed", inDoubt.subList(5, 10));
            settle(server, doubts, submission, "resend", inDoubt.subList(10, LOST));
            assertThat(server.call(
                                    "POST",
                                    doubts + "/" + submission + "/settle",
                                    decision("resend", inDoubt.subList(0, 1)))
                            .status())
                    .isEqualTo(409);
            server.wokenUp.forEach(world::wake);
            TestWaiting.until(
                    TestWaiting.PATIENCE,
                    () -> world.number("SELECT state FROM submission") == 4,
                    () -> world.states(submission).toString());

            assertThat(world.states(submission))
                    .containsExactlyInAnyOrderEntriesOf(Map.of("sent", PEOPLE - 5L, "failed", 5L));
            assertThat(people(server, doubts + "/" + submission)).isEmpty();
            assertThat(server.done("GET", doubts, null).getJsonArray("items")).isEmpty();
            assertThat(world.counterDifferences()).isEmpty();
            assertThat(world.simulator().ledger().duplicates()).isEmpty();
            assertThat(world.simulator().ledger().recipients(Verdict.SHOWN)).isEqualTo(PEOPLE - 10);
            assertThat(world.number("SELECT sum(reserved) FROM budget")).isZero();
            assertThat(world.number("SELECT sum(spent) FROM budget"))
                    .as("the lost call is booked, since nobody knows that it never arrived")
                    .isEqualTo(world.simulator().ledger().meteredCalls() + 1);
        }
    }

    private static void settle(
            AdminTestServer server, String doubts, long submission, String decision, List<Integer> ordinals) {
        assertThat(server.done("POST", doubts + "/" + submission + "/settle", decision(decision, ordinals))
                        .getInteger("settled"))
                .isEqualTo(ordinals.size());
    }

    private static JsonObject decision(String decision, List<Integer> ordinals) {
        return new JsonObject()
                .put("decision", decision)
                .put("ordinals", new JsonArray(ordinals))
                .put("reason", "asked them");
    }

    private static List<Integer> people(AdminTestServer server, String path) {
        JsonArray items = server.done("GET", path + "?limit=100", null).getJsonArray("items");
        return IntStream.range(0, items.size())
                .mapToObj(i -> items.getJsonObject(i).getInteger("ordinal"))
                .toList();
    }
}
