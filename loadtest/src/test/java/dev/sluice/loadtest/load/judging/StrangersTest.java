package dev.sluice.loadtest.load.judging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.http.PublicId;
import dev.sluice.loadtest.client.ApiClient;
import dev.sluice.loadtest.load.sending.Sent;
import dev.sluice.loadtest.load.tenant.LoadTenant;
import dev.sluice.loadtest.scenario.Load;
import dev.sluice.loadtest.scenario.Scenario;
import dev.sluice.loadtest.scenario.ScenarioFile;
import dev.sluice.loadtest.scenario.ScenarioInvalid;
import dev.sluice.loadtest.scenario.TenantGroup;
import dev.sluice.loadtest.verdict.LoadReading;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Of each tenant one message is known, whose number is the tenant's. */
class StrangersTest {
    private static final String SCENARIO = """
            name: x
            description: {en: x, zh: x}
            tenants: [{name: one, tier: professional}]
            load:
              - {kind: singles, tenants: one, untilSeconds: 1, perSecond: 1}
              - {kind: campaign, tenants: one}
            """;

    private static final String NOTHING_THERE = "There is no such message.";
    private static final String PERSON = "one&two";

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient http = HttpClient.newHttpClient();
    private URI engine;
    /** Of a path that holds this the engine says something else to strangers. */
    private String leak = "none";

    /** Whose message everybody is told of who asks for a person. */
    private long toldBeside = 999;

    /** Whose campaign stands in everybody's list. */
    private long listedBeside = 999;

    private int leakStatus;
    private String leakWords = NOTHING_THERE;

    @BeforeEach
    void listen() {
        HttpServer server = vertx.createHttpServer()
                .requestHandler(this::answer)
                .listen(0, "127.0.0.1")
                .await();
        engine = URI.create("http://127.0.0.1:" + server.actualPort());
    }

    private void answer(HttpServerRequest request) {
        long asking = Long.parseLong(request.getHeader("Authorization").substring("Bearer ".length()));
        if (request.path().equals("/v1/deliveries")) {
            say(request.response(), 200, toldOf(request.getParam("recipient"), asking));
            return;
        }
        if (request.path().equals("/v1/campaigns")) {
            say(request.response(), 200, listOf(asking));
            return;
        }
        boolean theirs = request.path().contains(digits(asking));
        boolean nobodys = request.path().contains(digits(1));
        if (theirs) {
            say(request.response(), 200, new JsonObject().put("recipient", PERSON));
        } else if (!nobodys && (request.method() + " " + request.path()).contains(leak)) {
            say(request.response(), leakStatus, new JsonObject().put("detail", leakWords));
        } else {
            say(request.response(), 404, new JsonObject().put("detail", NOTHING_THERE));
        }
    }

    /** A person gets messages of both; each hears of their own. */
    private JsonObject toldOf(String recipient, long asking) {
        assertThat(recipient).isEqualTo(PERSON);
        return new JsonObject()
                .put("items", new JsonArray().add(message(asking)).add(message(toldBeside)));
    }

    private JsonObject listOf(long asking) {
        return new JsonObject()
                .put("items", new JsonArray().add(campaign(asking)).add(campaign(listedBeside)));
    }

    private static JsonObject campaign(long number) {
        return new JsonObject().put("id", PublicId.campaign(number));
    }

    private static JsonObject message(long number) {
        return new JsonObject().put("message", PublicId.message(number));
    }

    private static String digits(long number) {
        return PublicId.message(number).substring("msg_".length());
    }

    private static void say(HttpServerResponse response, int status, JsonObject body) {
        response.setStatusCode(status).end(body.encode());
    }

    @AfterEach
    void close() {
        http.shutdownNow();
        vertx.close().await();
    }

    @Test
    void ofTenTenantsOneOfEachKindIsAskedForHoweverManyThereAre() throws ScenarioInvalid {
        assertThat(asked(30, 0)).isEqualTo(new LoadReading.Strangers(50, 50));
        assertThat(asked(2, 0)).isEqualTo(new LoadReading.Strangers(10, 10));
        assertThat(asked(2, 1)).isEqualTo(new LoadReading.Strangers(32, 32));
        assertThat(asked(1, 0)).isEqualTo(new LoadReading.Strangers(0, 0));
    }

    @ParameterizedTest
    @CsvSource({
        "GET /v1/deliveries/dlv_, 200, There is no such message., 28",
        "GET /v1/messages/, 403, There is no such message., 24",
        "GET /v1/deliveries/dlv_, 404, That is another tenant's., 28",
        "/rejects, 500, There is no such message., 30",
        "/cancel, 200, There is no such message., 28",
        "POST /v1/campaigns, 409, It has ended., 24"
    })
    void anyOtherAnswerThanOfWhatDoesNotExistIsFound(String path, int status, String words, long hidden)
            throws ScenarioInvalid {
        leak = path;
        leakStatus = status;
        leakWords = words;
        assertThat(asked(2, 1)).isEqualTo(new LoadReading.Strangers(32, hidden));
    }

    @Test
    void whoAsksForAPersonHearsOfNothingThatIsTheOwners() throws ScenarioInvalid {
        toldBeside = 2;
        assertThat(asked(2, 1)).isEqualTo(new LoadReading.Strangers(32, 30));
    }

    @Test
    void whoListsCampaignsFindsNoneOfTheOwners() throws ScenarioInvalid {
        listedBeside = 2;
        assertThat(asked(2, 1)).isEqualTo(new LoadReading.Strangers(32, 31));
    }

    @Test
    void whatItsOwnerCannotSeeEitherIsNotHidden() throws ScenarioInvalid {
        List<LoadTenant> tenants = tenants(2);
        Map<LoadTenant, List<Sent>> accepted = Map.of(tenants.getFirst(), List.of(message(tenants.getFirst())));
        Strangers strangers = new Strangers(tenant -> new ApiClient(http, engine, "999"));
        strangers.ask(tenants, accepted);
        assertThat(strangers.reading())
                .as("three ways to read it and its person; only moving it proves something")
                .isEqualTo(new LoadReading.Strangers(5, 1));
    }

    /** What each of so many tenants sent is asked for: a message, sent twice, and so many campaigns. */
    private LoadReading.Strangers asked(int tenantCount, int campaigns) throws ScenarioInvalid {
        Strangers strangers = new Strangers(tenant -> new ApiClient(http, engine, tenant.key()));
        List<LoadTenant> some = tenants(tenantCount);
        Map<LoadTenant, List<Sent>> accepted = new HashMap<>();
        for (LoadTenant tenant : some) {
            List<Sent> all = new ArrayList<>(List.of(message(tenant), message(tenant)));
            all.addAll(Collections.nCopies(campaigns, campaign(tenant)));
            accepted.put(tenant, all);
        }
        strangers.ask(some, accepted);
        return strangers.reading();
    }

    private static List<LoadTenant> tenants(int count) throws ScenarioInvalid {
        TenantGroup group = scenario().tenants().getFirst();
        return IntStream.rangeClosed(2, count + 1)
                .mapToObj(number -> new LoadTenant(group, "t" + number, number, 0, "", List.of(), "" + number, "user"))
                .toList();
    }

    private static Sent message(LoadTenant tenant) throws ScenarioInvalid {
        return sent(tenant, scenario().load().getFirst(), PublicId.message(tenant.id()));
    }

    private static Sent campaign(LoadTenant tenant) throws ScenarioInvalid {
        return sent(tenant, scenario().load().getLast(), PublicId.campaign(tenant.id()));
    }

    private static Sent sent(LoadTenant tenant, Load load, String id) {
        return new Sent(tenant, load, id, 1, 0, 0, false, 0, Sent.Answer.ACCEPTED);
    }

    private static Scenario scenario() throws ScenarioInvalid {
        return ScenarioFile.parse(SCENARIO);
    }
}
