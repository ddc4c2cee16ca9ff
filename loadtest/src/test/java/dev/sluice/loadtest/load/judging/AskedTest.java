package dev.sluice.loadtest.load.judging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.engine.http.PublicId;
import dev.sluice.engine.model.DeliveryState;
import dev.sluice.loadtest.client.ApiClient;
import dev.sluice.loadtest.client.ApiFailure;
import dev.sluice.loadtest.load.sending.Sent;
import dev.sluice.loadtest.load.tenant.LoadTenant;
import dev.sluice.loadtest.scenario.Scenario;
import dev.sluice.loadtest.scenario.ScenarioFile;
import dev.sluice.loadtest.scenario.ScenarioInvalid;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two messages were accepted, and the API knows one of them. */
class AskedTest {
    private static final String KNOWN = PublicId.message(7);
    private static final String LOST = PublicId.message(8);

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient http = HttpClient.newHttpClient();
    private int lostStatus = 404;

    @AfterEach
    void close() {
        http.shutdownNow();
        vertx.close().await();
    }

    @Test
    void nobodyIsInAnyStateOfASubmissionThatTheApiDoesNotKnow() throws ScenarioInvalid {
        Asked asked = asked();
        asked.submissions(List.of(sent(KNOWN), sent(LOST)));
        assertThat(asked.states().get(KNOWN)).containsEntry(DeliveryState.DELIVERED, 1L);
        assertThat(asked.states().get(LOST)).isEmpty();
    }

    @Test
    void anAnswerThatTellsNothingOfASubmissionIsNoAnswer() {
        lostStatus = 500;
        assertThatThrownBy(() -> asked().submissions(List.of(sent(LOST))))
                .isInstanceOf(ApiFailure.class)
                .hasMessageContaining("500");
    }

    private Asked asked() {
        HttpServer server = vertx.createHttpServer()
                .requestHandler(this::answer)
                .listen(0, "127.0.0.1")
                .await();
        URI engine = URI.create("http://127.0.0.1:" + server.actualPort());
        return new Asked(tenant -> new ApiClient(http, engine, "key"));
    }

    private void answer(HttpServerRequest request) {
        if (request.path().endsWith(KNOWN)) {
            request.response()
                    .end(new JsonObject()
                            .put("counts", new JsonObject().put("delivered", 1))
                            .encode());
        } else {
            request.response().setStatusCode(lostStatus).end("{}");
        }
    }

    private static Sent sent(String id) throws ScenarioInvalid {
        Scenario scenario = ScenarioFile.parse("""
                name: x
                description: {en: x, zh: x}
                tenants: [{name: one, tier: professional}]
                load: [{kind: singles, tenants: one, untilSeconds: 1, perSecond: 1}]
                """);
        LoadTenant tenant = new LoadTenant(scenario.tenants().getFirst(), "one", 0, 0, "", List.of(), "key", "user");
        return new Sent(tenant, scenario.load().getFirst(), id, 1, 0, 0, false, 0, Sent.Answer.ACCEPTED);
    }
}
