package dev.sluice.loadtest.load.sending;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.loadtest.client.ApiClient;
import dev.sluice.loadtest.load.sending.Sent.Answer;
import dev.sluice.loadtest.load.tenant.LoadTenant;
import dev.sluice.loadtest.scenario.Scenario;
import dev.sluice.loadtest.scenario.ScenarioFile;
import dev.sluice.loadtest.scenario.ScenarioInvalid;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CampaignsTest {
    /** Ten of them stand in the file twice. */
    private static final String HUNDRED_PEOPLE = """
            name: x
            description: {en: x, zh: x}
            tenants: [{name: one, tier: professional}]
            load: [{kind: campaign, tenants: one, people: 100, duplicateShare: 0.1}]
            """;

    private static final int ROWS = 110;

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient http = HttpClient.newHttpClient();
    private final ClientLog log = new ClientLog();
    private final Queue<String> asked = new ConcurrentLinkedQueue<>();

    @TempDir
    private Path directory;

    @AfterEach
    void close() {
        http.shutdownNow();
        vertx.close().await();
    }

    @Test
    void everyRowThatWasUploadedIsPromisedHoweverFewTheEngineSaysItReceived() throws ScenarioInvalid {
        Sent campaign = send(new JsonObject().put("rowsReceived", 0).put("rowsRejected", 0));
        assertThat(campaign.answer()).isEqualTo(Answer.ACCEPTED);
        assertThat(campaign.people()).isEqualTo(ROWS);
        assertThat(log.offered()).isEqualTo(ROWS);
        assertThat(asked).endsWith("POST /v1/campaigns/cmp_1/start");
    }

    @Test
    void aCampaignOfWhichARowWasRejectedIsRefusedAndNotStarted() throws ScenarioInvalid {
        Sent campaign = send(new JsonObject().put("rowsReceived", ROWS).put("rowsRejected", 1));
        assertThat(campaign.answer()).isEqualTo(Answer.REFUSED);
        assertThat(log.offered()).isEqualTo(ROWS);
        assertThat(log.refused()).isEqualTo(ROWS);
        assertThat(asked).endsWith("PUT /v1/campaigns/cmp_1/people");
    }

    /** Uploads it to an engine that answers so, and starts it. */
    private Sent send(JsonObject upload) throws ScenarioInvalid {
        ApiClient api = new ApiClient(http, URI.create("http://127.0.0.1:" + listen(upload)), "key");
        Scenario scenario = ScenarioFile.parse(HUNDRED_PEOPLE);
        LoadTenant tenant = new LoadTenant(
                scenario.tenants().getFirst(),
                "one",
                0,
                0,
                "",
                List.of(new LoadTenant.Channel(0, "work", "", "")),
                "key",
                "user");
        Campaigns campaigns = new Campaigns((sender, node) -> api, "run", directory, log);
        campaigns.prepare(scenario, List.of(tenant));
        campaigns.run(System.nanoTime());
        assertThat(log.all()).hasSize(1);
        return log.all().getFirst();
    }

    private int listen(JsonObject upload) {
        HttpServer server = vertx.createHttpServer().requestHandler(request -> {
            asked.add(request.method() + " " + request.path());
            JsonObject answer = request.path().endsWith("/people") ? upload : new JsonObject().put("id", "cmp_1");
            request.end().onSuccess(read -> request.response().end(answer.encode()));
        });
        return server.listen(0, "127.0.0.1").await().actualPort();
    }
}
