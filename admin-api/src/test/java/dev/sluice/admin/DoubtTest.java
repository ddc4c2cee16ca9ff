package dev.sluice.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.http.PublicId;
import dev.sluice.engine.model.IdSequence;
import dev.sluice.engine.testkit.PostgresExtension;
import dev.sluice.engine.testkit.TestDatabase;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresExtension.class)
class DoubtTest {
    private static final String COUNTERS =
            "SELECT state || ' ' || sent || ' ' || failed || ' ' || in_doubt || ' ' || settled_below FROM submission";

    private final long submissionId = new IdSequence(System::currentTimeMillis, 0).next();

    @Test
    void anOperatorSettlesWhatNobodyKnowsAndTheCountersFollow(TestDatabase database) {
        try (AdminTestServer server = new AdminTestServer(database)) {
            String doubts = prepare(server, database, 4);
            JsonArray listed = server.done("GET", "/v1/tenants/1/doubts", null).getJsonArray("items");
            assertThat(listed.getJsonObject(0).getString("submissionId")).isEqualTo(String.valueOf(submissionId));
            String message = listed.getJsonObject(0).getString("message");
            assertThat(message).as("what its tenant calls it").isEqualTo(PublicId.message(submissionId));
            assertThat(server.done("GET", "/v1/tenants/1/doubts/" + message, null)
                            .getJsonArray("items"))
                    .hasSize(3);
            JsonObject first = server.done("GET", doubts + "?limit=2", null);
            assertThat(first.getJsonArray("items")).hasSize(2);
            assertThat(server.done("GET", doubts + "?after=" + first.getString("next"), null)
                            .getJsonArray("items"))
                    .hasSize(1);
            server.done("POST", doubts + "/settle", decision("mark-sent", 1));
            server.done("POST", doubts + "/settle", decision("mark-failed", 2));
            assertThat(database.text(COUNTERS)).isEqualTo("4 2 1 1 4");
            server.done("POST", doubts + "/settle", decision("resend", 3));
            assertThat(database.text(COUNTERS)).isEqualTo("1 2 1 0 3");
            assertThat(
                            database.text(
                                    "SELECT string_agg(state || ':' || coalesce(disposition, 0), ' ' ORDER BY ordinal) FROM delivery"))
                    .isEqualTo("1:0 1:15 3:15 0:0");
            assertThat(server.wokenUp).containsExactly(1L, 1L, 1L);
        }
    }

    @Test
    void aListWithOneThatIsNotInDoubtChangesNothing(TestDatabase database) {
        try (AdminTestServer server = new AdminTestServer(database)) {
            String doubts = prepare(server, database, 4);
            assertThat(server.call("POST", doubts + "/settle", decision("resend", 0, 1))
                            .status())
                    .isEqualTo(409);
            assertThat(database.text(COUNTERS)).isEqualTo("4 1 0 3 4");
            assertThat(database.number("SELECT count(*) FROM delivery WHERE state = 7"))
                    .isEqualTo(3);
            assertThat(server.wokenUp).isEmpty();
        }
    }

    @Test
    void nobodyWaitsAgainInWhatItsTenantCancelled(TestDatabase database) {
        try (AdminTestServer server = new AdminTestServer(database)) {
            String doubts = prepare(server, database, 5);
            assertThat(server.call("POST", doubts + "/settle", decision("resend", 1))
                            .status())
                    .isEqualTo(409);
            assertThat(database.number("SELECT count(*) FROM delivery WHERE state = 7"))
                    .isEqualTo(3);
        }
    }

    @Test
    void nobodyIsResentByHandWhileANodeMaySendTheirCallAgain(TestDatabase database) {
        try (AdminTestServer server = new AdminTestServer(database)) {
            String doubts = prepare(server, database, 4);
            database.execute("""
                    INSERT INTO call (tenant_id, id, app_id, channel_id, organisation_id, purpose, api, node, epoch, submission_ids, ordinals,
                      budget_month, budget_pool, units, state, answered_at)
                    SELECT 1, %1$d, 1, 1, 1, 0, 'dingtalk-webhook', 'one', 1, ARRAY[%1$d], ARRAY[1], '2026-11-01', 'webhook', 1, 7, now();
                    UPDATE delivery SET call_id = %1$d WHERE ordinal = 1
                    """.formatted(submissionId));

            assertThat(resolving(server, doubts)).isTrue();
            assertThat(server.call("POST", doubts + "/settle", decision("resend", 1))
                            .status())
                    .isEqualTo(409);
            assertThat(database.number("SELECT state FROM delivery WHERE ordinal = 1"))
                    .isEqualTo(7);

            database.execute("UPDATE call SET state = 9");
            assertThat(resolving(server, doubts)).isFalse();
            server.done("POST", doubts + "/settle", decision("resend", 1));
        }
    }

    private static boolean resolving(AdminTestServer server, String doubts) {
        return server.done("GET", doubts, null)
                .getJsonArray("items")
                .getJsonObject(0)
                .getJsonObject("call")
                .getBoolean("resolving");
    }

    @Test
    void theAuditCannotBeChanged(TestDatabase database) {
        try (AdminTestServer server = new AdminTestServer(database)) {
            server.tenant("acme", "standard");
            for (String change : List.of("UPDATE audit SET actor = ''", "DELETE FROM audit", "TRUNCATE audit")) {
                assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> database.execute(change)))
                        .hasStackTraceContaining("append-only");
            }
        }
    }

    /** A submission of four people: one sent, three in doubt. */
    private String prepare(AdminTestServer server, TestDatabase database, int submissionState) {
        server.tenant("acme", "standard");
        server.done("POST", "/v1/tenants/1/channels", ChannelTest.work("notices"));
        database.execute("""
                INSERT INTO submission (tenant_id, id, channel_id, priority, state, content, content_hash, total, sent, in_doubt, settled_below, finished_at)
                VALUES (1, %1$d, 1, 1, %2$d, '{}', gen_random_uuid(), 4, 1, 3, 4, now());
                INSERT INTO delivery (tenant_id, submission_id, ordinal, channel_id, settled_at, state, disposition, recipient)
                SELECT 1, %1$d, n, 1, now(), CASE n WHEN 0 THEN 1 ELSE 7 END, CASE n WHEN 0 THEN NULL ELSE 14 END, 'p' || n
                FROM generate_series(0, 3) n
                """.formatted(submissionId, submissionState));
        return "/v1/tenants/1/doubts/" + submissionId;
    }

    private static JsonObject decision(String decision, Integer... ordinals) {
        return new JsonObject()
                .put("decision", decision)
                .put("ordinals", new JsonArray(List.of(ordinals)))
                .put("reason", "asked them");
    }
}
