package dev.sluice.loadtest.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.loadtest.verdict.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./sluice load --engine} against something that says yes and does not do it. */
class UntrueEngineTest {
    private static final String CAMPAIGN = """
            name: elsewhere
            description: {en: An engine that loses people., zh: 丢失人员的引擎。}
            tenants: [{name: one, tier: standard, people: 1000}]
            load: [{kind: campaign, tenants: one, people: 1000}]
            bounds: {drainSeconds: 1}
            """;

    private final Vertx vertx = Vertx.vertx();

    @TempDir
    private Path directory;

    private LoadInvocation load;

    @AfterEach
    void close() {
        vertx.close().await();
    }

    @Test
    void anUploadThatLostEverybodyBreaksThePromise() throws IOException {
        assertThat(run(0, 0)).as(() -> load.said()).isEqualTo(1);
        assertThat(found(Promise.ACCEPTED))
                .contains(" 1,000; 1 submissions differ ")
                .endsWith("BROKEN");
    }

    @Test
    void anUploadThatLostSomeBreaksThePromise() throws IOException {
        assertThat(run(999, 0)).as(() -> load.said()).isEqualTo(1);
        assertThat(found(Promise.ACCEPTED))
                .contains(" 1,000; 1 submissions differ ")
                .endsWith("BROKEN");
    }

    @Test
    void anUploadThatRejectedEverybodyIsARefusedRequest() throws IOException {
        assertThat(run(1_000, 1_000)).as(() -> load.said()).isEqualTo(1);
        assertThat(found(Promise.REFUSED)).contains(" 1 of 1 ").endsWith("BROKEN");
    }

    @Test
    void anUploadThatIsWholeBreaksNothing() throws IOException {
        assertThat(run(1_000, 0)).as(() -> load.said()).isZero();
    }

    /** Against an engine that says so of the people file, and sends to those who are left. */
    private int run(long received, long rejected) throws IOException {
        HttpServer server = vertx.createHttpServer()
                .requestHandler(request -> answer(request, received, rejected))
                .listen(0, "127.0.0.1")
                .await();
        load = new LoadInvocation(directory);
        return load.run(
                CAMPAIGN, "--engine", "http://127.0.0.1:" + server.actualPort(), "--key", "key", "--channel", "work");
    }

    private static void answer(HttpServerRequest request, long received, long rejected) {
        JsonObject answer = new JsonObject()
                .put("id", "cmp_1")
                .put("rowsReceived", received)
                .put("rowsRejected", rejected)
                .put("counts", new JsonObject().put("sent", received - rejected));
        request.end().onSuccess(read -> request.response().end(answer.encode()));
    }

    private String found(Promise promise) {
        return load.out()
                .lines()
                .filter(line -> line.startsWith(promise.title().english()))
                .findFirst()
                .orElseThrow();
    }
}
