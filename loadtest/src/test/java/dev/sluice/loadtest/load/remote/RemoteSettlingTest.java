package dev.sluice.loadtest.load.remote;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.model.DeliveryState;
import dev.sluice.loadtest.client.ApiClient;
import dev.sluice.loadtest.load.sending.Sent;
import dev.sluice.loadtest.load.tenant.LoadTenant;
import dev.sluice.loadtest.scenario.Scenario;
import dev.sluice.loadtest.scenario.ScenarioFile;
import dev.sluice.loadtest.scenario.ScenarioInvalid;
import dev.sluice.loadtest.verdict.SubmissionReading;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RemoteSettlingTest {
    private static final String SCENARIO = """
            name: x
            description: {en: x, zh: x}
            tenants: [{name: one, tier: professional}]
            load: [{kind: bulk, tenants: one, untilSeconds: 1, perSecond: 1, people: 3}]
            """;

    /** What the API says of a submission, one after the other. */
    private final Queue<JsonObject> counts = new ArrayDeque<>(List.of(
            new JsonObject().put("sent", 1).put("inFlight", 2),
            new JsonObject().put("sent", 1).put("inDoubt", 2),
            new JsonObject().put("sent", 3)));

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient http = HttpClient.newHttpClient();

    @AfterEach
    void close() {
        http.shutdownNow();
        vertx.close().await();
    }

    /** The verdict calls it broken when somebody is left in doubt; a resend clears it soon. */
    @Test
    void whoeverIsInDoubtIsAskedAboutAgain() throws ScenarioInvalid {
        HttpServer server = vertx.createHttpServer()
                .requestHandler(request -> request.response()
                        .end(new JsonObject().put("counts", counts.remove()).encode()))
                .listen(0, "127.0.0.1")
                .await();
        ApiClient api = new ApiClient(http, URI.create("http://127.0.0.1:" + server.actualPort()), "key");
        RemoteSettling settling = new RemoteSettling(new RemoteEngine(api));

        SubmissionReading reading = settling.states(List.of(sent()), Duration.ofMinutes(10))
                .readings()
                .getFirst();

        assertThat(reading.late()).isZero();
        assertThat(reading.api()).containsEntry(DeliveryState.SENT, 3L);
        assertThat(settling.settled()).isEqualTo(3);
    }

    private static Sent sent() throws ScenarioInvalid {
        Scenario scenario = ScenarioFile.parse(SCENARIO);
        LoadTenant tenant = new LoadTenant(scenario.tenants().getFirst(), "one", 0, 0, "", List.of(), "key", "user");
        return new Sent(tenant, scenario.load().getFirst(), "msg_1", 3, 0, false, 0, Sent.Answer.ACCEPTED);
    }
}
