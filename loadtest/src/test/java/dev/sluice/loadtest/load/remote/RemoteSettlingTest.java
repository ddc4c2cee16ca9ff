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
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RemoteSettlingTest {
    private static final String SCENARIO = """
            name: x
            description: {en: x, zh: x}
            tenants: [{name: one, tier: professional}]
            load: [{kind: bulk, tenants: one, untilSeconds: 1, perSecond: 1, people: 3}]
            """;

    private static final JsonObject NOT_FOUND = new JsonObject().put("status", 404);
    private static final JsonObject NO_COUNTS = new JsonObject().put("status", 200);

    /** Takes longer than a test, where each answer takes half a second. */
    private static final int ENDLESS = 100;

    /** What the server says, one after the other; then it hangs up. */
    private final Queue<JsonObject> answers = new ConcurrentLinkedQueue<>();

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient http = HttpClient.newHttpClient();
    private RemoteSettling settling;
    private volatile long pauseMillis = 1;

    @BeforeEach
    void listen() {
        HttpServer server = vertx.createHttpServer()
                .requestHandler(request -> vertx.setTimer(pauseMillis, later -> {
                    JsonObject counts = answers.poll();
                    if (counts == null) {
                        request.connection().close();
                    } else if (counts.equals(NOT_FOUND)) {
                        request.response().setStatusCode(404).end("{}");
                    } else if (counts.equals(NO_COUNTS)) {
                        request.response().end("{}");
                    } else {
                        request.response()
                                .end(new JsonObject().put("counts", counts).encode());
                    }
                }))
                .listen(0, "127.0.0.1")
                .await();
        settling = new RemoteSettling(
                new RemoteEngine(new ApiClient(http, URI.create("http://127.0.0.1:" + server.actualPort()), "key")));
    }

    @AfterEach
    void close() {
        http.shutdownNow();
        vertx.close().await();
    }

    @Test
    void whoeverIsInDoubtIsAskedAboutAgain() throws ScenarioInvalid {
        answers.add(new JsonObject().put("sent", 1).put("inFlight", 2));
        answers.add(new JsonObject().put("sent", 1).put("inDoubt", 2));
        answers.add(new JsonObject().put("sent", 3));
        RemoteStates states = settling.states(List.of(sent("a")), Duration.ofMinutes(10));
        assertThat(states.readings().getFirst().api())
                .containsEntry(DeliveryState.SENT, 3L)
                .containsEntry(DeliveryState.IN_DOUBT, 0L);
        assertThat(states.unread()).isEmpty();
        assertThat(settling.settled()).isEqualTo(3);
    }

    @Test
    void ofAnEngineThatIsGoneOnlyThoseAreReadWhomItCalledSettled() throws ScenarioInvalid {
        answers.add(new JsonObject().put("sent", 3));
        answers.add(new JsonObject().put("sent", 1).put("waiting", 2));
        RemoteStates states = settling.states(List.of(sent("a"), sent("b"), sent("c")), Duration.ZERO);
        assertThat(states.readings()).extracting(SubmissionReading::id).containsExactly("a");
        assertThat(states.unread()).extracting(Sent::id).containsExactly("b", "c");
        assertThat(states.unreadPeople()).isEqualTo(6);
        assertThat(states.absence().orElseThrow().status()).isZero();
    }

    @Test
    void whatTheEngineDoesNotKnowIsNobodyInAnyState() throws ScenarioInvalid {
        answers.add(NOT_FOUND);
        RemoteStates states = settling.states(List.of(sent("a")), Duration.ofMinutes(10));
        assertThat(states.readings().getFirst().api()).isEmpty();
        assertThat(states.unread()).isEmpty();
        assertThat(settling.settled()).isZero();
    }

    @Test
    void anAnswerWithoutCountsIsNoneAndTheOthersAreAskedAboutAllTheSame() throws ScenarioInvalid {
        answers.add(NO_COUNTS);
        answers.add(new JsonObject().put("sent", 3));
        answers.add(NO_COUNTS);
        RemoteStates states = settling.states(List.of(sent("a"), sent("b")), Duration.ZERO);
        assertThat(states.readings()).extracting(SubmissionReading::id).containsExactly("b");
        assertThat(states.unread()).extracting(Sent::id).containsExactly("a");
        assertThat(states.absence().orElseThrow().status()).isEqualTo(200);
    }

    @Test
    void anEngineThatAnswersSlowlyIsNotAskedAboutEverybodyWhenTheTimeIsOver() throws ScenarioInvalid {
        pauseMillis = 500;
        for (int i = 0; i < ENDLESS; i++) {
            answers.add(new JsonObject().put("waiting", 3));
        }
        List<Sent> accepted = Collections.nCopies(ENDLESS, sent("a"));
        RemoteStates states = settling.states(accepted, Duration.ZERO);
        assertThat(states.unread()).isNotEmpty();
        assertThat(states.readings()).isNotEmpty().hasSizeLessThan(ENDLESS);
        assertThat(states.absence().orElseThrow().status()).isZero();
    }

    private static Sent sent(String id) throws ScenarioInvalid {
        Scenario scenario = ScenarioFile.parse(SCENARIO);
        LoadTenant tenant = new LoadTenant(scenario.tenants().getFirst(), "one", 0, 0, "", List.of(), "key", "user");
        return new Sent(tenant, scenario.load().getFirst(), id, 3, 0, 0, false, 0, Sent.Answer.ACCEPTED);
    }
}
