package dev.sluice.engine.ingestion;

import static dev.sluice.engine.ingestion.SendApi.await;
import static dev.sluice.engine.ingestion.SendApi.message;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.auth.ApiKey;
import dev.sluice.engine.auth.ApiKeyStore;
import dev.sluice.engine.http.ProblemType;
import dev.sluice.engine.model.CallState;
import dev.sluice.engine.model.Disposition;
import dev.sluice.engine.testkit.PostgresExtension;
import dev.sluice.engine.testkit.TestDatabase;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.io.IOException;
import java.io.InputStream;
import java.security.SecureRandom;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.yaml.snakeyaml.Yaml;

/** What the send API's contract promises of every route. */
@ExtendWith({PostgresExtension.class, SendApiExtension.class})
class SendContractTest {
    private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");
    private static final Set<String> OPEN = Set.of("GET /", "GET /openapi.yaml");
    private Vertx vertx;
    private TestDatabase database;
    private SendApi api;

    @BeforeEach
    void start(Vertx lent, SendApi started, TestDatabase fresh) {
        vertx = lent;
        api = started;
        database = fresh;
    }

    @Test
    void theRoutesAndTheContractAreTheSame() throws IOException {
        assertThat(api.operations()).isEqualTo(promised()).hasSizeGreaterThan(15);
    }

    @Test
    void everyFieldOfAnAnswerStandsInTheContract() throws IOException {
        ContractFields contract = ContractFields.read();
        JsonObject accepted = api.send(message("zhangsan")).bodyAsJsonObject();
        JsonObject campaign = await(api.request(HttpMethod.POST, "/v1/campaigns", 1)
                        .sendJsonObject(new JsonObject()
                                .put("name", "spring")
                                .put("channel", "work")
                                .put("content", SendApi.content("hello"))))
                .bodyAsJsonObject();
        String ofCampaign = "/v1/campaigns/" + campaign.getString("id");
        JsonObject upload = await(api.request(HttpMethod.PUT, ofCampaign + "/people", 1)
                        .putHeader("Content-Type", "text/csv")
                        .sendBuffer(Buffer.buffer("recipient\nlisi\n\"a,b\"\n")))
                .bodyAsJsonObject();
        String ofMessage = "/v1/messages/" + accepted.getString("id");
        JsonObject deliveries = api.get(ofMessage + "/deliveries", 1).bodyAsJsonObject();
        String delivery = deliveries.getJsonArray("items").getJsonObject(0).getString("id");
        JsonObject dryRun = api.send(message("zhangsan").put("dryRun", true)).bodyAsJsonObject();

        assertThat(contract.unnamed("post", "/v1/messages", 202, accepted)).isEmpty();
        assertThat(contract.unnamed("post", "/v1/messages", 200, dryRun)).isEmpty();
        assertThat(contract.unnamed("post", "/v1/campaigns", 201, campaign)).isEmpty();
        assertThat(contract.unnamed("put", "/v1/campaigns/{id}/people", 200, upload))
                .isEmpty();
        Map<String, String> questions = Map.of(
                "/v1/messages/{id}",
                ofMessage,
                "/v1/messages/{id}/deliveries",
                ofMessage + "/deliveries",
                "/v1/counts",
                "/v1/counts",
                "/v1/deliveries",
                "/v1/deliveries?recipient=zhangsan",
                "/v1/deliveries/{id}",
                "/v1/deliveries/" + delivery,
                "/v1/campaigns",
                "/v1/campaigns",
                "/v1/campaigns/{id}",
                ofCampaign,
                "/v1/campaigns/{id}/rejects",
                ofCampaign + "/rejects");
        questions.forEach((path, question) -> assertThat(
                        contract.unnamed("get", path, 200, api.get(question, 1).bodyAsJsonObject()))
                .as(path)
                .isEmpty());
        assertThat(contract.unnamed(
                        "post",
                        "/v1/campaigns/{id}/start",
                        200,
                        api.post(ofCampaign + "/start", 1).bodyAsJsonObject()))
                .isEmpty();
    }

    @Test
    void everyReasonStateAndProblemThatAnAnswerMayNameStandsInTheContract() throws IOException {
        ContractFields contract = ContractFields.read();
        assertThat(contract.words("Delivery", "disposition"))
                .containsExactlyInAnyOrder(words(Disposition.values(), Disposition::wireName));
        assertThat(contract.words("DeliveryWithCalls", "calls", "items", "properties", "state"))
                .containsExactly(words(CallState.values(), CallState::wireName));
        assertThat(contract.words("Problem", "type"))
                .containsExactlyInAnyOrder(words(ProblemType.values(), ProblemType::uri));
    }

    private static <T> String[] words(T[] all, Function<T, String> word) {
        return Stream.of(all).map(word).toArray(String[]::new);
    }

    @Test
    void everyRouteNeedsAKeyOfScopeSend() {
        ApiKey admin = ApiKey.generate(new SecureRandom());
        await(new ApiKeyStore(database.pool(vertx)).insertAdminKey(admin, "admin", null));
        for (String operation : guarded()) {
            String path = path(operation, "msg_0000000000000");
            assertThat(await(api.request(method(operation), path, 1)
                                    .putHeader("Authorization", "Bearer " + admin.reveal())
                                    .send())
                            .statusCode())
                    .as(operation)
                    .isEqualTo(403);
            HttpResponse<Buffer> stranger = await(api.request(method(operation), path, 1)
                    .putHeader("Authorization", "Bearer x")
                    .send());
            // Too many wrong keys from one address are 429 after a while.
            assertThat(stranger.statusCode()).as(operation).isIn(401, 429);
        }
    }

    @Test
    void anotherTenantsThingsAreNotThereOnAnyRoute() {
        String message = api.send(message("zhangsan")).bodyAsJsonObject().getString("id");
        String delivery = api.get("/v1/messages/" + message + "/deliveries", 1)
                .bodyAsJsonObject()
                .getJsonArray("items")
                .getJsonObject(0)
                .getString("id");
        String campaign = await(api.request(HttpMethod.POST, "/v1/campaigns", 1)
                        .sendJsonObject(new JsonObject()
                                .put("name", "spring")
                                .put("channel", "work")
                                .put("content", SendApi.content("hello"))))
                .bodyAsJsonObject()
                .getString("id");
        String before = everything();
        for (String operation : guarded()) {
            if (!operation.contains("{id}")) {
                continue;
            }
            for (String id : List.of(message, delivery, campaign)) {
                HttpResponse<Buffer> answer = await(api.request(method(operation), path(operation, id), 2)
                        .putHeader("Content-Type", "text/csv")
                        .sendBuffer(Buffer.buffer("recipient\nlisi\n")));
                assertThat(answer.statusCode()).as(operation + " of " + id).isEqualTo(404);
                assertThat(answer.bodyAsString()).doesNotContain("zhangsan", "spring");
            }
        }
        for (String list : List.of("/v1/campaigns", "/v1/deliveries?recipient=zhangsan")) {
            assertThat(api.get(list, 2).bodyAsJsonObject().getJsonArray("items"))
                    .as(list)
                    .isEmpty();
        }
        assertThat(everything()).isEqualTo(before);
    }

    @Test
    void aRevokedKeyIsDeadWithinFiveSeconds() {
        assertThat(api.get("/v1/campaigns", 2).statusCode()).isEqualTo(200);
        database.execute("UPDATE api_key SET revoked_at = now() WHERE tenant_id = 2");
        api.aheadMillis.set(5_000);
        assertThat(api.get("/v1/campaigns", 2).statusCode()).isEqualTo(401);
        assertThat(await(api.send(message("a"), "k", 2)).statusCode()).isEqualTo(401);
        assertThat(api.get("/v1/campaigns", 1).statusCode()).isEqualTo(200);
    }

    @Test
    void whoFindsThePortLearnsWhereToReadOn() {
        assertThat(await(api.request(HttpMethod.GET, "/", 1).send())
                        .bodyAsJsonObject()
                        .getString("description"))
                .isEqualTo("/openapi.yaml");
        for (int reader = 1; reader <= 2; reader++) {
            assertThat(api.get("/openapi.yaml", reader).bodyAsString()).startsWith("openapi:");
        }
    }

    @Test
    void whatNoRouteAnswersIsAProblemThatNamesTheMethods() {
        HttpResponse<Buffer> nothing = api.get("/v1/nothing", 1);
        assertThat(nothing.statusCode()).isEqualTo(404);
        assertThat(nothing.getHeader("Content-Type")).isEqualTo("application/problem+json");
        Map<String, String> allowed = Map.of(
                "/v1/messages", "POST",
                "/v1/campaigns", "GET, POST",
                "/v1/campaigns/", "GET, POST",
                "/v1/%6dessages", "POST",
                "/v1/campaigns/cmp_0000000000000/people", "PUT",
                "/v1/messages/msg_0000000000000/cancel", "POST");
        allowed.forEach((path, methods) -> {
            HttpResponse<Buffer> answer =
                    await(api.request(HttpMethod.DELETE, path, 1).send());
            assertThat(answer.statusCode()).as(path).isEqualTo(405);
            assertThat(answer.getHeader("Allow")).as(path).isEqualTo(methods);
            assertThat(answer.bodyAsJsonObject().getString("detail")).contains(methods);
        });
    }

    private String everything() {
        return database.text("SELECT string_agg(s::text, ';' ORDER BY id) FROM submission s")
                + database.text("SELECT string_agg(d::text, ';' ORDER BY submission_id, ordinal) FROM delivery d")
                + database.text("SELECT string_agg(c::text, ';') FROM campaign c");
    }

    private Set<String> guarded() {
        Set<String> guarded = api.operations();
        assertThat(guarded).containsAll(OPEN);
        guarded.removeAll(OPEN);
        return guarded;
    }

    private static HttpMethod method(String operation) {
        return HttpMethod.valueOf(operation.split(" ", 2)[0]);
    }

    private static String path(String operation, String id) {
        return operation.split(" ", 2)[1].replace("{id}", id);
    }

    @SuppressWarnings("unchecked")
    private static Set<String> promised() throws IOException {
        Set<String> promised = new TreeSet<>();
        try (InputStream contract = SendContractTest.class.getResourceAsStream("/send-openapi.yaml")) {
            Map<String, Object> document = new Yaml().load(contract);
            ((Map<String, Map<String, Object>>) document.get("paths"))
                    .forEach((path, item) -> item.keySet().stream()
                            .filter(METHODS::contains)
                            .forEach(method -> promised.add(method.toUpperCase(Locale.ROOT) + " " + path)));
        }
        return promised;
    }
}
