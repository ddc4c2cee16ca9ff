package dev.sluice.engine.query;

import static dev.sluice.engine.ingestion.SendApi.await;
import static dev.sluice.engine.ingestion.SendApi.message;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.ingestion.SendApi;
import dev.sluice.engine.ingestion.SendApiExtension;
import dev.sluice.engine.testkit.PostgresExtension;
import dev.sluice.engine.testkit.TestDatabase;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith({PostgresExtension.class, SendApiExtension.class})
class QueryTest {
    private SendApi api;

    @BeforeEach
    void start(SendApi started) {
        api = started;
    }

    @Test
    void pagesOfDeliveriesMissNobodyAndRepeatNobody() {
        String[] people = IntStream.range(0, 25).mapToObj(i -> "p" + i % 20).toArray(String[]::new);
        String id = api.send(message(people)).bodyAsJsonObject().getString("id");
        assertThat(recipients("/v1/messages/" + id + "/deliveries?limit=7")).containsExactly(people);
        assertThat(recipients("/v1/messages/" + id + "/deliveries?limit=2&state=suppressed"))
                .containsExactly("p0", "p1", "p2", "p3", "p4");
    }

    @Test
    void whatHappenedToAPersonIsToldOverAllMessages() {
        for (int i = 0; i < 5; i++) {
            api.send(message("zhangsan", "lisi", "zhangsan"));
        }
        assertThat(recipients("/v1/deliveries?recipient=zhangsan&limit=3"))
                .hasSize(10)
                .containsOnly("zhangsan");
        assertThat(recipients("/v1/deliveries?recipient=zhangsan&until=2026-01-01T00:00:00Z"))
                .isEmpty();
        assertThat(recipients(
                        "/v1/deliveries?recipient=zhangsan&since=2000-01-01T00:00:00Z&until=2100-01-01T00:00:00Z"))
                .hasSize(10);
        assertThat(api.get("/v1/deliveries?recipient=zhangsan", 2)
                        .bodyAsJsonObject()
                        .getJsonArray("items"))
                .isEmpty();
        assertThat(api.get("/v1/deliveries", 1).statusCode()).isEqualTo(400);
        assertThat(api.get("/v1/deliveries?recipient=", 1).statusCode()).isEqualTo(400);
    }

    @Test
    void peopleOfManyMessagesAreAddedUpByTheirTag() {
        JsonArray payday = new JsonArray().add("payday").add("hr");
        api.send(message("a", "b", "a").put("tags", payday));
        api.send(message("c").put("tags", new JsonArray().add("hr")));
        api.send(message("d"));
        draftWithTag("hr");
        assertThat(counts("?tag=payday"))
                .isEqualTo(people(3, 2, 1))
                .isEqualTo(counts("?tag=payday&since=2026-01-01T00:00:00Z"));
        assertThat(counts("?tag=hr")).isEqualTo(people(4, 3, 1));
        assertThat(counts("")).isEqualTo(people(5, 4, 1));
        assertThat(counts("?since=2000-01-01T00:00:00Z&until=2999-12-31T00:00:00Z"))
                .isEqualTo(people(5, 4, 1));
        assertThat(counts("?tag=none")).isEqualTo(people(0, 0, 0));
        assertThat(counts("?until=2026-01-01T00:00:00Z")).isEqualTo(people(0, 0, 0));
        assertThat(api.get("/v1/counts", 2).bodyAsJsonObject().getInteger("submissions"))
                .isZero();
        assertThat(api.get("/v1/counts?after=x", 1).statusCode()).isEqualTo(400);
    }

    @Test
    void countsOfMoreMessagesThanOneAnswerLooksAtAreLedOn(TestDatabase database) {
        api.send(message("a"));
        database.execute("""
                INSERT INTO submission (tenant_id, id, channel_id, priority, state, content, content_hash, total)
                SELECT tenant_id, id + number, channel_id, priority, state, content, content_hash, 1
                FROM submission, generate_series(1, %d) AS number
                """.formatted(CountReader.MOST_LOOKED_AT));
        JsonObject first = api.get("/v1/counts", 1).bodyAsJsonObject();
        assertThat(first.getJsonObject("counts").getInteger("waiting")).isEqualTo(CountReader.MOST_LOOKED_AT);
        JsonObject rest =
                api.get("/v1/counts?after=" + first.getString("next"), 1).bodyAsJsonObject();
        assertThat(rest.getInteger("submissions")).isEqualTo(1);
        assertThat(rest.getString("next")).isNull();
    }

    private void draftWithTag(String tag) {
        assertThat(await(api.request(HttpMethod.POST, "/v1/campaigns", 1)
                                .sendJsonObject(new JsonObject()
                                        .put("name", "n")
                                        .put("channel", "work")
                                        .put("content", SendApi.content("x"))
                                        .put("tags", new JsonArray().add(tag))))
                        .statusCode())
                .isEqualTo(201);
    }

    private JsonObject counts(String query) {
        JsonObject counts = api.get("/v1/counts" + query, 1).bodyAsJsonObject().getJsonObject("counts");
        counts.fieldNames().removeIf(name -> counts.getInteger(name) == 0);
        return counts;
    }

    private static JsonObject people(int total, int waiting, int suppressed) {
        JsonObject people =
                new JsonObject().put("total", total).put("waiting", waiting).put("suppressed", suppressed);
        people.fieldNames().removeIf(name -> people.getInteger(name) == 0);
        return people;
    }

    @Test
    void aWaitingDeliverySaysWhichGateHoldsItAndUntilWhen() {
        Instant opens = Instant.parse("2027-01-01T00:00:00Z");
        api.lanes.put(1L, SendApi.heldBy(1, "people-per-minute 5000 per 60 s", opens));
        String id = api.send(message("a")).bodyAsJsonObject().getString("id");
        String delivery = api.get("/v1/messages/" + id + "/deliveries", 1)
                .bodyAsJsonObject()
                .getJsonArray("items")
                .getJsonObject(0)
                .getString("id");
        JsonObject held =
                api.get("/v1/deliveries/" + delivery, 1).bodyAsJsonObject().getJsonObject("waitingFor");
        assertThat(held.getString("gate")).startsWith("people-per-minute");
        assertThat(held.getString("notBefore")).isEqualTo(opens.toString());
        assertThat(api.post("/v1/messages/" + id + "/cancel", 1).statusCode()).isEqualTo(200);
        assertThat(api.get("/v1/deliveries/" + delivery, 1)
                        .bodyAsJsonObject()
                        .getJsonObject("waitingFor")
                        .getString("gate"))
                .isEqualTo("cancelling");
    }

    @Test
    void aMessageTellsTheTypeOfItsContentWhateverItSays(TestDatabase database) {
        JsonObject quoting = SendApi.content("{\"msgtype\":\"oa\"}");
        String id = api.send(message("a").put("content", quoting))
                .bodyAsJsonObject()
                .getString("id");
        assertThat(contentType(id)).isEqualTo("text");
        database.execute(
                "UPDATE submission SET content = '{\"msgKey\":\"sampleText\",\"msgParam\":{\"content\":\"a\"}}'");
        assertThat(contentType(id)).isEqualTo("sampleText");
        database.execute("UPDATE submission SET content = 'of another build'");
        assertThat(contentType(id)).isNull();
    }

    private String contentType(String id) {
        return api.get("/v1/messages/" + id, 1).bodyAsJsonObject().getString("contentType");
    }

    @Test
    void whatIsCancelledMayBeCancelledAgain(TestDatabase database) {
        String id = api.send(message("a")).bodyAsJsonObject().getString("id");
        api.post("/v1/messages/" + id + "/cancel", 1);
        assertThat(api.post("/v1/messages/" + id + "/cancel", 1).statusCode()).isEqualTo(200);
        database.execute("UPDATE submission SET state = 5, cancelled = 1");
        assertThat(api.post("/v1/messages/" + id + "/cancel", 1)
                        .bodyAsJsonObject()
                        .getString("state"))
                .isEqualTo("cancelled");
        database.execute("UPDATE submission SET state = 4");
        assertThat(api.post("/v1/messages/" + id + "/cancel", 1).statusCode()).isEqualTo(409);
    }

    @Test
    void aPersonsListSaysOfEachWhoWaitsWhatForAndOfNobodyElse() {
        api.lanes.put(1L, SendApi.heldBy(1, "month budget", null));
        String held = api.send(message("a", "a")).bodyAsJsonObject().getString("id");
        String cancelled = api.send(message("a")).bodyAsJsonObject().getString("id");
        assertThat(api.post("/v1/messages/" + cancelled + "/cancel", 1).statusCode())
                .isEqualTo(200);
        String later = api.send(message("a")
                        .put("notBefore", Instant.now().plusSeconds(3_600).toString()))
                .bodyAsJsonObject()
                .getString("id");
        assertThat(gatesByMessage("a"))
                .containsExactly(
                        later + " waiting not before",
                        cancelled + " waiting cancelling",
                        held + " suppressed null",
                        held + " waiting month budget");
    }

    @Test
    void aPersonsListTellsWhoseCallIsOnTheWayFromWhoWaitsBesideIt(TestDatabase database) {
        String beside = api.send(message("a")).bodyAsJsonObject().getString("id");
        String onTheWay = api.send(message("b", "a")).bodyAsJsonObject().getString("id");
        database.execute("""
                INSERT INTO call (tenant_id, id, app_id, channel_id, organisation_id, purpose, api, node, epoch, submission_ids, ordinals,
                  budget_month, budget_pool, units)
                SELECT 1, max(id), 1, 1, 1, 0, 'send', 'n1', 1, ARRAY[max(id), max(id)], ARRAY[0, 1], date_trunc('month', now()), 'api', 1
                FROM submission
                """);
        assertThat(gatesByMessage("a")).containsExactly(onTheWay + " waiting in flight", beside + " waiting no owner");
    }

    @Test
    void whoIsSentToAgainIsInDoubtAndNotInFlightAsWell(TestDatabase database) {
        String id = api.send(message("a", "b", "c")).bodyAsJsonObject().getString("id");
        database.execute("""
                UPDATE delivery SET state = 7, settled_at = now() WHERE ordinal = 0;
                UPDATE submission SET in_doubt = 1;
                INSERT INTO call (tenant_id, id, app_id, channel_id, organisation_id, purpose, api, node, epoch, submission_ids, ordinals,
                  budget_month, budget_pool, units)
                SELECT 1, s.id + n, 1, 1, 1, 1 - n, 'send', 'n1', 1, ARRAY[s.id], ARRAY[n], date_trunc('month', now()), 'api', 1
                FROM submission s, generate_series(0, 1) n
                """);
        JsonObject counts = api.get("/v1/messages/" + id, 1).bodyAsJsonObject().getJsonObject("counts");
        assertThat(counts.getInteger("inDoubt")).isEqualTo(1);
        assertThat(counts.getInteger("inFlight")).isEqualTo(1);
        assertThat(counts.getInteger("waiting")).isEqualTo(1);
    }

    @Test
    void aCallThatLeftAPersonWaitingOrInDoubtIsToldOnceAndNotAsTheOneThatSettledIt(TestDatabase database) {
        String id = api.send(message("a", "b", "c", "d")).bodyAsJsonObject().getString("id");
        database.execute("""
                INSERT INTO call (tenant_id, id, app_id, channel_id, organisation_id, purpose, api, node, epoch, submission_ids, ordinals,
                  budget_month, budget_pool, units, state, answered_at)
                SELECT 1, id, 1, 1, 1, 0, 'send', 'n1', 1, ARRAY[id, id, id, id], ARRAY[0, 1, 2, 3], date_trunc('month', now()), 'api', 1, 3, now()
                FROM submission;
                INSERT INTO attempt (tenant_id, submission_id, ordinal, call_id, outcome)
                SELECT 1, id, n, id, CASE n WHEN 1 THEN 'doubt' ELSE 'retry' END FROM submission, generate_series(0, 2) n;
                UPDATE delivery SET call_id = submission_id, state = CASE ordinal WHEN 0 THEN 0 WHEN 1 THEN 7 WHEN 2 THEN 5 ELSE 1 END,
                  settled_at = CASE ordinal WHEN 0 THEN NULL ELSE now() END
                """);
        assertThat(outcomes(id))
                .containsExactly(
                        "waiting: retry budget-spent",
                        "inDoubt: doubt budget-spent",
                        "expired: retry budget-spent",
                        "sent: settled budget-spent");
    }

    private List<String> outcomes(String message) {
        return api.get("/v1/messages/" + message + "/deliveries", 1).bodyAsJsonObject().getJsonArray("items").stream()
                .map(item -> api.get("/v1/deliveries/" + ((JsonObject) item).getString("id"), 1)
                        .bodyAsJsonObject())
                .map(delivery -> delivery.getString("state") + ": "
                        + delivery.getJsonArray("calls").stream()
                                .map(JsonObject.class::cast)
                                .map(call -> call.getString("outcome") + " " + call.getString("state"))
                                .collect(Collectors.joining(", ")))
                .toList();
    }

    @Test
    void aDeliveryOfACampaignNamesItByTheIdThatItsTenantWasGiven() {
        String campaign = await(api.request(HttpMethod.POST, "/v1/campaigns", 1)
                        .putHeader("Content-Type", "application/x-ndjson")
                        .sendBuffer(Buffer.buffer(new JsonObject()
                                        .put("name", "n")
                                        .put("channel", "work")
                                        .put("content", SendApi.content("x"))
                                        .encode()
                                + "\n{\"recipient\":\"a\"}\n")))
                .bodyAsJsonObject()
                .getString("id");
        JsonObject listed = api.get("/v1/messages/" + campaign + "/deliveries", 1)
                .bodyAsJsonObject()
                .getJsonArray("items")
                .getJsonObject(0);
        JsonObject found = api.get("/v1/deliveries?recipient=a", 1)
                .bodyAsJsonObject()
                .getJsonArray("items")
                .getJsonObject(0);
        JsonObject one = api.get("/v1/deliveries/" + listed.getString("id"), 1).bodyAsJsonObject();
        for (JsonObject delivery : List.of(listed, found, one)) {
            assertThat(delivery.getString("message")).isEqualTo(campaign).startsWith("cmp_");
        }
    }

    private List<String> gatesByMessage(String recipient) {
        return api.get("/v1/deliveries?recipient=" + recipient, 1).bodyAsJsonObject().getJsonArray("items").stream()
                .map(JsonObject.class::cast)
                .map(item -> item.getString("message") + " " + item.getString("state") + " "
                        + item.getJsonObject("waitingFor", new JsonObject()).getString("gate"))
                .toList();
    }

    @Test
    void somebodyElsesIdsLookAsIfTheyWereNotThere() {
        String message = api.send(message("a")).bodyAsJsonObject().getString("id");
        String delivery = "dlv_" + message.substring(4) + "0";
        String campaign = await(api.request(HttpMethod.POST, "/v1/campaigns", 1)
                        .sendJsonObject(new JsonObject()
                                .put("name", "n")
                                .put("channel", "work")
                                .put("content", SendApi.content("x"))))
                .bodyAsJsonObject()
                .getString("id");
        List<String> routes = List.of(
                "GET /v1/messages/" + message,
                "GET /v1/messages/" + message + "/deliveries",
                "POST /v1/messages/" + message + "/cancel",
                "GET /v1/deliveries/" + delivery,
                "GET /v1/campaigns/" + campaign,
                "PUT /v1/campaigns/" + campaign + "/people",
                "GET /v1/campaigns/" + campaign + "/rejects",
                "POST /v1/campaigns/" + campaign + "/start",
                "POST /v1/campaigns/" + campaign + "/pause",
                "POST /v1/campaigns/" + campaign + "/resume",
                "POST /v1/campaigns/" + campaign + "/cancel");
        for (String route : routes) {
            assertThat(status(route, 2)).as(route).isEqualTo(404);
            assertThat(status(route, 1)).as(route).isNotEqualTo(404);
        }
    }

    private int status(String route, int tenant) {
        String[] parts = route.split(" ", 2);
        return await(api.request(HttpMethod.valueOf(parts[0]), parts[1], tenant)
                        .putHeader("Content-Type", "text/csv")
                        .sendBuffer(Buffer.buffer("recipient\n")))
                .statusCode();
    }

    private List<String> recipients(String path) {
        List<String> found = new ArrayList<>();
        String next = "";
        while (next != null) {
            JsonObject page = api.get(path + next, 1).bodyAsJsonObject();
            page.getJsonArray("items").forEach(item -> found.add(((JsonObject) item).getString("recipient")));
            next = page.getString("next") == null ? null : "&after=" + page.getString("next");
        }
        return found;
    }
}
