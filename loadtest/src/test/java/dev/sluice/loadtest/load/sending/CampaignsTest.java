package dev.sluice.loadtest.load.sending;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.loadtest.client.ApiClient;
import dev.sluice.loadtest.load.sending.Sent.Answer;
import dev.sluice.loadtest.load.tenant.LoadTenant;
import dev.sluice.loadtest.scenario.LoadKind;
import dev.sluice.loadtest.scenario.Scenario;
import dev.sluice.loadtest.scenario.ScenarioFile;
import dev.sluice.loadtest.scenario.ScenarioInvalid;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
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

    private static final String TWO_OF_FIFTY = """
            name: x
            description: {en: x, zh: x}
            tenants: [{name: one, tier: professional}]
            load: [{kind: campaign, tenants: one, people: 100, contents: 2}]
            """;

    private static final String CANCELLED_AT_ONCE = """
            name: x
            description: {en: x, zh: x}
            tenants: [{name: one, tier: professional}]
            load: [{kind: campaign, tenants: one, people: 100, cancelAfterSeconds: 0.001}]
            """;

    private static final JsonObject TAKEN = new JsonObject().put("rowsRejected", 0);

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient http = HttpClient.newHttpClient();
    private final ClientLog log = new ClientLog();
    private final Queue<String> asked = new ConcurrentLinkedQueue<>();

    private Consumer<HttpServerRequest> starts = request -> request.response().end("{}");
    private Consumer<HttpServerRequest> cancels = request -> request.response().end("{}");
    /** What the campaign says of itself; empty: nothing. */
    private String state = "running";

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

    @Test
    void aCampaignWhoseStartIsNotAnsweredIsUnansweredAndNotRefused() throws ScenarioInvalid {
        starts = CampaignsTest::hangUp;
        state = "draft";
        assertThat(send(TAKEN).answer()).isEqualTo(Answer.NONE);
        assertThat(log.accepted()).isZero();
    }

    @Test
    void aCampaignThatWasStartedWithoutAnAnswerIsAcceptedOnceItSaysSo() throws ScenarioInvalid {
        starts = CampaignsTest::hangUp;
        state = "running";
        assertThat(send(TAKEN).answer()).isEqualTo(Answer.ACCEPTED);
        assertThat(log.accepted()).isEqualTo(ROWS);
        assertThat(log.recent(LoadKind.CAMPAIGN).getTotalCount())
                .as("no answer came, so none took any time")
                .isZero();
    }

    @Test
    void ofACampaignThatCannotBeAskedAboutNobodyKnows() throws ScenarioInvalid {
        starts = CampaignsTest::hangUp;
        state = "";
        assertThat(send(TAKEN).answer()).isEqualTo(Answer.NONE);
    }

    @Test
    void aCampaignWhoseDeadlineCannotBeKeptIsRefused() throws ScenarioInvalid {
        starts = request -> request.response().setStatusCode(409).end("{}");
        state = "draft";
        assertThat(send(TAKEN).answer()).isEqualTo(Answer.REFUSED);
        assertThat(log.refused()).isEqualTo(ROWS);
    }

    @Test
    void aCampaignThatIsADraftAfterAFailureOfTheEngineIsRefused() throws ScenarioInvalid {
        starts = request -> request.response().setStatusCode(503).end("{}");
        state = "draft";
        assertThat(send(TAKEN).answer()).isEqualTo(Answer.REFUSED);
    }

    @Test
    void aCampaignStartsAtItsTimeThoughTheOneBeforeItIsNotAnswered() throws ScenarioInvalid {
        Queue<HttpServerRequest> held = new ConcurrentLinkedQueue<>();
        starts = request -> {
            held.add(request);
            if (held.size() == 2) {
                held.forEach(one -> one.response().end("{}"));
            }
        };
        assertThat(send(TWO_OF_FIFTY, TAKEN)).extracting(Sent::people).containsExactly(50, 50);
        assertThat(log.recent(LoadKind.CAMPAIGN).getTotalCount())
                .as("the first is answered when the second is there")
                .isEqualTo(2);
    }

    @Test
    void aCampaignIsCancelledAfterItsStart() throws ScenarioInvalid {
        Instant before = Instant.now();
        assertThat(send(CANCELLED_AT_ONCE, TAKEN)).extracting(Sent::answer).containsExactly(Answer.ACCEPTED);
        assertThat(asked).endsWith("POST /v1/campaigns/cmp_1/start", "POST /v1/campaigns/cmp_1/cancel");
        assertThat(log.cancelled().get("cmp_1")).isBetween(before, Instant.now());
    }

    @Test
    void whetherACampaignIsCancelledNobodyKnowsWithoutAnAnswer() throws ScenarioInvalid {
        cancels = CampaignsTest::hangUp;
        send(CANCELLED_AT_ONCE, TAKEN);
        assertThat(log.cancelled()).containsExactly(Map.entry("cmp_1", Instant.MAX));
    }

    @Test
    void aCampaignThatIsOverIsNotCancelled() throws ScenarioInvalid {
        cancels = request -> request.response().setStatusCode(409).end("{}");
        send(CANCELLED_AT_ONCE, TAKEN);
        assertThat(log.cancelled()).isEmpty();
    }

    @Test
    void aCampaignThatWasNotStartedIsNotCancelled() throws ScenarioInvalid {
        starts = request -> request.response().setStatusCode(409).end("{}");
        send(CANCELLED_AT_ONCE, TAKEN);
        assertThat(asked).endsWith("POST /v1/campaigns/cmp_1/start");
    }

    private static void hangUp(HttpServerRequest request) {
        request.connection().close();
    }

    /** Uploads it to an engine that answers so, and starts it. */
    private Sent send(JsonObject upload) throws ScenarioInvalid {
        List<Sent> all = send(HUNDRED_PEOPLE, upload);
        assertThat(all).hasSize(1);
        return all.getFirst();
    }

    private List<Sent> send(String yaml, JsonObject upload) throws ScenarioInvalid {
        ApiClient api = new ApiClient(http, URI.create("http://127.0.0.1:" + listen(upload)), "key");
        Scenario scenario = ScenarioFile.parse(yaml);
        LoadTenant tenant = new LoadTenant(
                scenario.tenants().getFirst(),
                "one",
                0,
                0,
                "",
                List.of(new LoadTenant.Channel(0, "work", "", "")),
                "key",
                "user");
        Campaigns campaigns = new Campaigns((sender, node) -> api, "run", directory, log, Duration.ZERO);
        campaigns.prepare(scenario, List.of(tenant));
        campaigns.run(System.nanoTime());
        campaigns.clarify();
        return log.all();
    }

    private int listen(JsonObject upload) {
        HttpServer server = vertx.createHttpServer().requestHandler(request -> {
            asked.add(request.method() + " " + request.path());
            request.end().onSuccess(read -> answer(request, upload));
        });
        return server.listen(0, "127.0.0.1").await().actualPort();
    }

    private void answer(HttpServerRequest request, JsonObject upload) {
        if (request.path().endsWith("/start")) {
            starts.accept(request);
        } else if (request.path().endsWith("/cancel")) {
            cancels.accept(request);
        } else if (request.path().endsWith("/people")) {
            request.response().end(upload.encode());
        } else if (request.method().equals(HttpMethod.POST)) {
            request.response().end("{\"id\": \"cmp_1\"}");
        } else if (state.isEmpty()) {
            hangUp(request);
        } else {
            request.response().end(new JsonObject().put("state", state).encode());
        }
    }
}
