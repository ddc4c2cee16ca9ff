package dev.sluice.loadtest.load.remote;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.model.DeliveryState;
import dev.sluice.loadtest.client.ApiClient;
import dev.sluice.loadtest.client.Patience;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CountPollingTest {
    private final Vertx vertx = Vertx.vertx();
    private final HttpClient http = HttpClient.newHttpClient();
    private RemoteEngine engine;
    private volatile int sent;
    private volatile boolean away;
    private volatile boolean strange;

    @BeforeEach
    void listen() {
        HttpServer server = vertx.createHttpServer().requestHandler(this::answer);
        int port = Patience.await(server.listen(0, "127.0.0.1")).actualPort();
        engine = new RemoteEngine(new ApiClient(http, URI.create("http://127.0.0.1:" + port), "key"));
    }

    /** In two parts: of the second, three people wait. */
    private void answer(HttpServerRequest request) {
        if (away || !"load-1".equals(request.getParam("tag"))) {
            request.response().setStatusCode(503).end("{}");
            return;
        }
        if (strange) {
            request.response().end("{\"counts\": {\"sent\": \"many\"}}");
            return;
        }
        boolean first = request.getParam("after") == null;
        JsonObject counts = first
                ? new JsonObject().put("sent", sent)
                : new JsonObject().put("failed", 1).put("waiting", 3);
        request.response()
                .end(new JsonObject()
                        .put("counts", counts)
                        .put("next", first ? "msg_1" : null)
                        .encode());
    }

    @AfterEach
    void close() {
        http.shutdownNow();
        Patience.await(vertx.close());
    }

    @Test
    void allPartsOfAnAnswerCountAndTheLastAnswerStaysWhileTheEngineIsAway() {
        sent = 5;
        try (CountPolling polling = new CountPolling(engine, "load-1", Instant.EPOCH)) {
            await(() -> polling.last().settled() == 6);
            assertThat(polling.last().states()).containsEntry(DeliveryState.WAITING, 3L);
            sent = 7;
            await(() -> polling.last().settled() == 8);
            away = true;
            await(() -> engine.absence().isPresent());
            assertThat(polling.last().settled()).isEqualTo(8);
            assertThat(engine.absence().orElseThrow().status()).isEqualTo(503);
            long before = polling.last().answers();
            away = false;
            await(() -> polling.last().answers() > before);
            assertThat(engine.absence()).isEmpty();
            assertThat(engine.ended()).hasSize(1);
            assertThat(polling.last().longestGapNanos())
                    .as("the time away is no smaller than that")
                    .isGreaterThanOrEqualTo(engine.ended().getFirst().untilNanos()
                            - engine.ended().getFirst().sinceNanos());
        }
    }

    @Test
    void whatIsNoCountIsNoAnswerAndDoesNotEndThePolling() {
        strange = true;
        try (CountPolling polling = new CountPolling(engine, "load-1", Instant.EPOCH)) {
            await(() -> engine.absence().isPresent());
            assertThat(engine.absence().orElseThrow().status()).isEqualTo(200);
            sent = 5;
            strange = false;
            await(() -> polling.last().settled() == 6);
            assertThat(engine.absence()).isEmpty();
        }
    }

    private static void await(BooleanSupplier happened) {
        assertThat(Patience.until(Duration.ofMinutes(5), happened)).isTrue();
    }
}
