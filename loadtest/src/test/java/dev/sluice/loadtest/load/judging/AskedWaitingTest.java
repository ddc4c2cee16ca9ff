package dev.sluice.loadtest.load.judging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.model.IdSequence;
import dev.sluice.engine.testkit.PostgresExtension;
import dev.sluice.engine.testkit.TestDatabase;
import dev.sluice.loadtest.client.ApiClient;
import dev.sluice.loadtest.load.tenant.LoadTenant;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** One person waits, and whoever asks by what they are held is told at first that nobody can say. */
@ExtendWith({VertxExtension.class, PostgresExtension.class})
class AskedWaitingTest {
    private static final LoadTenant TENANT = new LoadTenant(null, "one", 1, 1, "ding-one", List.of(), "key", "one-u");

    private final HttpClient http = HttpClient.newHttpClient();
    private final AtomicInteger questions = new AtomicInteger();
    private Installation rows;
    private URI engine;
    /** So often nobody can say. */
    private volatile int vain;

    @BeforeEach
    void onePersonWaits(Vertx vertx, TestDatabase database) {
        database.execute("""
                INSERT INTO delivery (tenant_id, submission_id, ordinal, channel_id, recipient) VALUES (1, %d, 0, 1, 'somebody')
                """.formatted(IdSequence.floorAt(Instant.now())));
        rows = new Installation(database.pool(vertx));
        HttpServer server = vertx.createHttpServer()
                .requestHandler(request -> request.response().end(answer().encode()))
                .listen(0, "127.0.0.1")
                .await();
        engine = URI.create("http://127.0.0.1:" + server.actualPort());
    }

    @AfterEach
    void close() {
        http.shutdownNow();
    }

    @Test
    void whoeverHasAnAnswerAMomentLaterIsExplained() {
        vain = 2;
        Asked asked = asked(30_000);
        assertThat(asked.waiting()).isEqualTo(1);
        assertThat(asked.unexplained()).isZero();
        assertThat(questions).hasValue(3);
    }

    @Test
    void whoeverHasNoneForLongIsNotExplained() {
        vain = Integer.MAX_VALUE;
        Asked asked = asked(500);
        assertThat(asked.waiting()).isEqualTo(1);
        assertThat(asked.unexplained()).isEqualTo(1);
    }

    private Asked asked(long notYetMillis) {
        Asked asked = new Asked(tenant -> new ApiClient(http, engine, "key"), notYetMillis);
        asked.waiting(TENANT, rows);
        return asked;
    }

    private JsonObject answer() {
        JsonObject held = questions.getAndIncrement() < vain
                ? new JsonObject().put("gate", "no owner").put("reason", "No node has taken up its lane yet.")
                : new JsonObject().put("gate", "channel paused").put("reason", "Somebody paused it.");
        return new JsonObject().put("state", "waiting").put("waitingFor", held);
    }
}
