package dev.sluice.loadtest.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.loadtest.client.ApiClient;
import dev.sluice.simulator.directory.Standing;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An engine loses one of three people of a file, and refuses another. */
class BulkTest {
    private static final List<Person> PEOPLE = List.of(
            new Person("li", "", Standing.MEMBER),
            new Person("wang", "", Standing.MEMBER),
            new Person("chen", "", Standing.MEMBER));

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient http = HttpClient.newHttpClient();

    @TempDir
    private Path directory;

    @AfterEach
    void close() {
        http.shutdownNow();
        vertx.close().await();
    }

    @Test
    void ofPeopleThatTheDemoMadeEverybodyIsToBeTaken() throws IOException {
        assertThat(accepted(true)).isEqualTo(3);
    }

    @Test
    void ofSomebodysOwnTheEngineSaysHowManyItTook() throws IOException {
        assertThat(accepted(false)).isEqualTo(1);
    }

    private long accepted(boolean made) throws IOException {
        HttpServer losing = vertx.createHttpServer()
                .requestHandler(request -> request.end()
                        .onSuccess(read -> request.response()
                                .end(new JsonObject()
                                        .put("id", "cmp_1")
                                        .put("rowsReceived", 2)
                                        .put("rowsRejected", 1)
                                        .encode())))
                .listen(0, "127.0.0.1")
                .await();
        Path file = Files.writeString(directory.resolve("people.csv"), "recipient\nli\nwang\nchen\n");
        DemoTenant tenant = new DemoTenant(
                new TenantPlan("standard", "", false),
                1,
                1,
                "corp",
                Map.of(DemoTenant.NOTICES, 1L),
                List.of("app"),
                new ApiClient(http, URI.create("http://127.0.0.1:" + losing.actualPort()), "key"),
                new PeopleFile(file, PEOPLE, made));
        return Bulk.prepare(tenant, "lunch").accepted();
    }
}
