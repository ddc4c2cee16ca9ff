package dev.sluice.engine.settling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.store.PgPools;
import dev.sluice.engine.store.PgTimeouts;
import dev.sluice.engine.testkit.PostgresExtension;
import dev.sluice.engine.testkit.TestDatabase;
import dev.sluice.engine.testkit.TestWaiting;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import io.vertx.sqlclient.Pool;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The statements that write many calls at a time, as Postgres plans them on the connections that they run on. */
@ExtendWith({VertxExtension.class, PostgresExtension.class})
class WorkOfGroupsTest {
    static Stream<String> statements() {
        return Stream.of(IntentStore.COMMIT_INTENTS, SettleStore.SETTLE);
    }

    @ParameterizedTest
    @MethodSource("statements")
    void growsWithTheirCallsAndNotWithTheirSquare(String statement, Vertx vertx, TestDatabase database) {
        JsonObject plan = plan(vertx, database, statement);

        assertThat(nodes(plan).filter(WorkOfGroupsTest::isWalked).flatMap(WorkOfGroupsTest::leaves))
                .isNotEmpty()
                .allSatisfy(leaf -> assertThat(leaf.getMap()).containsKeys("Index Name", "Index Cond"));
        assertThat(nodes(plan)
                        .filter(node -> "SubPlan".equals(node.getString("Parent Relationship")))
                        .map(node -> node.getString("Subplan Name")))
                .isNotEmpty()
                .allSatisfy(name -> assertThat(plan.encode()).contains("hashed " + name));
    }

    /** As each month's partition is when its first deliveries come. */
    @Test
    void settlingFindsDeliveriesByTheirKeyWherePostgresHasNoStatistics(Vertx vertx, TestDatabase database) {
        assertThat(nodes(plan(vertx, database, SettleStore.SETTLE))
                        .filter(node -> node.getString("Relation Name", "").startsWith("delivery_"))
                        .filter(node -> node.containsKey("Index Name")))
                .isNotEmpty()
                .allSatisfy(node -> assertThat(node.getString("Index Cond")).contains("ordinal"));
    }

    private static JsonObject plan(Vertx vertx, TestDatabase database, String statement) {
        Pool pool = PgPools.keyed(vertx, database.connectOptions(), PgTimeouts.STANDARD, "calls", 1, 1);
        JsonArray plans = TestWaiting.await(pool.query("EXPLAIN (GENERIC_PLAN, VERBOSE, FORMAT JSON) " + statement)
                .execute()
                .map(rows -> rows.iterator().next().getJsonArray(0)));
        TestWaiting.await(pool.close());
        return plans.getJsonObject(0).getJsonObject("Plan");
    }

    /** What is walked again for each row of something: an index answers that, a list of the group's own rows would be read whole each time. */
    private static boolean isWalked(JsonObject node) {
        return "Nested Loop".equals(node.getString("Walked For"))
                && "Inner".equals(node.getString("Parent Relationship"));
    }

    /** A node and all below it, each with the type of what it belongs to. */
    private static Stream<JsonObject> nodes(JsonObject node) {
        return Stream.concat(
                Stream.of(node),
                parts(node)
                        .peek(part -> part.put("Walked For", node.getString("Node Type")))
                        .flatMap(WorkOfGroupsTest::nodes));
    }

    private static Stream<JsonObject> leaves(JsonObject node) {
        return parts(node).findAny().isEmpty() ? Stream.of(node) : parts(node).flatMap(WorkOfGroupsTest::leaves);
    }

    private static Stream<JsonObject> parts(JsonObject node) {
        JsonArray parts = node.getJsonArray("Plans", new JsonArray());
        return IntStream.range(0, parts.size()).mapToObj(parts::getJsonObject);
    }
}
