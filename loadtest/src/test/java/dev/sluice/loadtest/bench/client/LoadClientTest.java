package dev.sluice.loadtest.bench.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.loadtest.bench.stage.BenchNode;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LoadClientTest {
    private static final LoadPlan CLOSED_LOOP = new LoadPlan(1, 0);

    private static final int CONNECTIONS = 4;

    private final Vertx vertx = Vertx.vertx();
    private final List<HttpConnection> connections = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        BenchNode.await(vertx.close());
    }

    @Test
    void aServerThatEndsRestingConnectionsCanBeLoadedAgain() {
        LoadClient client = client(request -> request.response().end("{}"));

        LoadResult first = BenchNode.await(client.run(CLOSED_LOOP));
        connections.forEach(HttpConnection::close);
        LoadResult second = BenchNode.await(client.run(CLOSED_LOOP));

        assertThat(first.refused()).isZero();
        assertThat(second.refused()).isZero();
        assertThat(connections).as("opened for each load").hasSize(2 * CONNECTIONS);
    }

    @Test
    void aServerThatHangsUpInsteadOfAnsweringFailsTheLoad() {
        LoadClient client = client(request -> request.connection().close());

        assertThatThrownBy(() -> BenchNode.await(client.run(CLOSED_LOOP)))
                .hasMessageContaining("closed a connection instead of answering");
    }

    @Test
    void aLoadWithRefusalsHasNoLatencies() {
        LoadClient client =
                client(request -> request.response().setStatusCode(429).end("{}"));

        LoadResult refused = BenchNode.await(client.run(new LoadPlan(1, 100)));

        assertThatThrownBy(() -> refused.millis(99)).hasMessageContaining("requests were refused");
    }

    @Test
    void whoeverWasDueAndStillWaitsAtTheEndCounts() {
        LoadClient client = client(
                request -> vertx.setTimer(400, answered -> request.response().end("{}")));

        LoadResult tooMuch = BenchNode.await(client.run(new LoadPlan(1, 100)));

        assertThat(tooMuch.latencies().getTotalCount())
                .as("with 4 connections 8 are answered, and 100 were due")
                .isBetween(90L, 110L);
    }

    @Test
    void aRequestStartsWhenItIsDueAndNotAnIntervalLater() {
        LoadClient client = client(request -> request.response().end("{}"));

        LoadResult seldom = BenchNode.await(client.run(new LoadPlan(2, 4)));

        assertThat(seldom.accepted()).isBetween(8L, 9L);
        assertThat(seldom.millis(50)).as("of an interval of 250 ms").isLessThan(125);
    }

    private LoadClient client(Handler<HttpServerRequest> answer) {
        HttpServer server = BenchNode.await(vertx.createHttpServer()
                .connectionHandler(connections::add)
                .requestHandler(answer)
                .listen(0, "127.0.0.1"));
        Buffer request = Buffer.buffer("GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
        LoadClient client = new LoadClient(server.actualPort(), CONNECTIONS, List.of(request));
        BenchNode.await(vertx.deployVerticle(client));
        return client;
    }
}
