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
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
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
        List<String> walked = new ArrayList<>();

        collect(plan(vertx, database, statement), walked);

        assertThat(walked).isNotEmpty().allMatch(inner -> inner.startsWith("Index"));
    }

    private static JsonObject plan(Vertx vertx, TestDatabase database, String statement) {
        Pool pool = PgPools.keyed(vertx, database.connectOptions(), PgTimeouts.STANDARD, "calls", 1, 1);
        JsonArray plans = TestWaiting.await(pool.query("EXPLAIN (GENERIC_PLAN, FORMAT JSON) " + statement)
                .execute()
                .map(rows -> rows.iterator().next().getJsonArray(0)));
        TestWaiting.await(pool.close());
        return plans.getJsonObject(0).getJsonObject("Plan");
    }

    /** What is walked again for each row of something: an index answers that, a list of the group's own rows would be read whole each time. */
    private static void collect(JsonObject node, List<String> walked) {
        JsonArray parts = node.getJsonArray("Plans", new JsonArray());
        for (int i = 0; i < parts.size(); i++) {
            JsonObject part = parts.getJsonObject(i);
            boolean isWalked = "Nested Loop".equals(node.getString("Node Type"))
                    && "Inner".equals(part.getString("Parent Relationship"));
            if (isWalked) {
                walked.addAll(leaves(part));
            }
            collect(part, walked);
        }
    }

    private static List<String> leaves(JsonObject node) {
        JsonArray parts = node.getJsonArray("Plans", new JsonArray());
        if (parts.isEmpty()) {
            return List.of(node.getString("Node Type"));
        }
        List<String> leaves = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            leaves.addAll(leaves(parts.getJsonObject(i)));
        }
        return leaves;
    }
}
