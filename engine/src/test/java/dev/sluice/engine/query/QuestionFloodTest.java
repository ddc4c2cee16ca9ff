package dev.sluice.engine.query;

import static dev.sluice.engine.ingestion.SendApi.await;
import static dev.sluice.engine.ingestion.SendApi.message;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.ingestion.SendApi;
import dev.sluice.engine.ingestion.SendApiExtension;
import dev.sluice.engine.testkit.PostgresExtension;
import dev.sluice.engine.testkit.TestDatabase;
import dev.sluice.engine.testkit.TestWaiting;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** One tenant asks more slow questions than the database answers. */
@ExtendWith(PostgresExtension.class)
class QuestionFloodTest {
    /** Half of the connections that the questions of all tenants share. */
    private static final int REQUESTS_PER_TENANT = 4;

    private static final int QUESTIONS = 200;

    @RegisterExtension
    static final SendApiExtension SEND_API =
            SendApiExtension.with(Map.of("idleSeconds", 600, "requestsPerTenant", REQUESTS_PER_TENANT));

    private TestDatabase database;
    private SendApi api;

    @BeforeEach
    void start(SendApi started, TestDatabase fresh) {
        api = started;
        database = fresh;
    }

    @Test
    void itWaitsForItselfAndOthersAskAndSendMeanwhile() throws SQLException {
        String path = "/v1/campaigns/" + draft() + "/rejects";
        List<Future<HttpResponse<Buffer>>> asked;
        try (Connection slow = database.connect();
                Statement lock = slow.createStatement()) {
            slow.setAutoCommit(false);
            lock.execute("LOCK TABLE campaign_reject IN ACCESS EXCLUSIVE MODE");
            asked = IntStream.range(0, QUESTIONS)
                    .mapToObj(i -> api.request(HttpMethod.GET, path, 1).send())
                    .toList();
            TestWaiting.until(TestWaiting.PATIENCE, () -> refused() > 0, () -> "all of them wait");
            HttpResponse<Buffer> sent = await(api.send(message("a"), "key", 2));
            assertThat(sent.statusCode()).isEqualTo(202);
            String id = sent.bodyAsJsonObject().getString("id");
            assertThat(api.get("/v1/messages/" + id, 2).statusCode()).isEqualTo(200);
            slow.rollback();
        }
        asked.forEach(SendApi::await);
        assertThat(asked).extracting(answer -> answer.result().statusCode()).contains(200, 429);
        assertThat(asked.stream().map(Future::result).filter(answer -> answer.statusCode() == 429))
                .allMatch(answer -> "1".equals(answer.getHeader("Retry-After")));
        assertThat(api.get(path, 1).statusCode()).as("all permits are back").isEqualTo(200);
    }

    private String draft() {
        JsonObject campaign =
                new JsonObject().put("name", "spring").put("channel", "work").put("content", SendApi.content("hello"));
        return await(api.request(HttpMethod.POST, "/v1/campaigns", 1).sendJsonObject(campaign))
                .bodyAsJsonObject()
                .getString("id");
    }

    private double refused() {
        return api.meters
                .get("sluice.ingestion.refused")
                .tag("reason", "too-many-requests")
                .counter()
                .count();
    }
}
