package dev.sluice.engine.ingestion;

import static dev.sluice.engine.ingestion.SendApi.await;
import static dev.sluice.engine.ingestion.SendApi.content;
import static dev.sluice.engine.ingestion.SendApi.message;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.testkit.PostgresExtension;
import dev.sluice.engine.testkit.TestDatabase;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith({PostgresExtension.class, SendApiExtension.class})
class SendTest {
    private TestDatabase database;
    private SendApi api;

    @BeforeEach
    void start(SendApi started, TestDatabase fresh) {
        api = started;
        database = fresh;
    }

    @Test
    void anAcceptedMessageIsInTheDatabaseAndItsLaneIsWoken() {
        HttpResponse<Buffer> answer = api.send(message("zhangsan", "李四", " lisi "));
        assertThat(answer.statusCode()).isEqualTo(202);
        JsonObject body = answer.bodyAsJsonObject();
        assertThat(body.getInteger("recipients")).isEqualTo(3);
        assertThat(database.text("SELECT string_agg(recipient, ',' ORDER BY ordinal) FROM delivery WHERE state = 0"))
                .isEqualTo("zhangsan,李四,lisi");
        assertThat(api.woken).containsExactly(1L);
        JsonObject seen =
                api.get(body.getJsonObject("links").getString("self"), 1).bodyAsJsonObject();
        assertThat(seen.getString("state")).isEqualTo("running");
        assertThat(seen.getString("acceptedAt")).isEqualTo(body.getString("acceptedAt"));
        assertThat(seen.getString("contentType")).isEqualTo("text");
        assertThat(seen.getJsonObject("counts").getInteger("waiting")).isEqualTo(3);
    }

    @Test
    void aDryRunThatIsAskedForInTheAddressIsRefusedAndNothingIsSent() {
        for (String path : List.of("/v1/messages?dryRun=true", "/v1/campaigns?dryRun=true")) {
            HttpResponse<Buffer> refused =
                    await(api.request(HttpMethod.POST, path, 1).sendJsonObject(message("a")));
            assertThat(refused.statusCode()).as(path).isEqualTo(400);
            assertThat(refused.bodyAsJsonObject()
                            .getJsonArray("errors")
                            .getJsonObject(0)
                            .getString("pointer"))
                    .isEqualTo("query:dryRun");
        }
        assertThat(database.number("SELECT count(*) FROM submission")).isZero();
    }

    @Test
    void whoStandsInARequestTwiceIsAccountedForAndSentToOnce() {
        JsonObject body = api.send(message("a", "b", "a", "a ")).bodyAsJsonObject();
        assertThat(body.getInteger("recipients")).isEqualTo(4);
        assertThat(body.getInteger("duplicates")).isEqualTo(2);
        JsonObject counts = api.get("/v1/messages/" + body.getString("id"), 1)
                .bodyAsJsonObject()
                .getJsonObject("counts");
        assertThat(counts.getInteger("suppressed")).isEqualTo(2);
        assertThat(counts.getInteger("waiting")).isEqualTo(2);
        assertThat(database.number(
                        "SELECT count(*) FROM delivery WHERE state = 4 AND disposition = 5 AND ordinal IN (2, 3)"))
                .isEqualTo(2);
    }

    @Test
    void everythingThatIsWrongIsToldAtOnceWithItsPlace() {
        HttpResponse<Buffer> answer = api.send(new JsonObject()
                .put("chanel", "work")
                .put("channel", "none")
                .put("recipients", new JsonArray().add("ok").add("a,b").add(7).add(""))
                .put("content", content("x"))
                .put("priority", "urgent")
                .put("notBefore", "tomorrow")
                .put("deliverBy", "2020-01-01T00:00:00Z")
                .put("tags", new JsonArray().add("")));
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.getHeader("Content-Type")).isEqualTo("application/problem+json");
        JsonObject problem = answer.bodyAsJsonObject();
        assertThat(problem.getString("type")).isEqualTo("urn:sluice:problem:invalid-request");
        assertThat(problem.getString("requestId")).isNotBlank();
        assertThat(pointers(problem))
                .containsExactlyInAnyOrder(
                        "/chanel",
                        "/channel",
                        "/recipients/1",
                        "/recipients/2",
                        "/recipients/3",
                        "/priority",
                        "/notBefore",
                        "/deliverBy",
                        "/tags/0");
        assertThat(database.number("SELECT count(*) FROM submission")).isZero();
    }

    @Test
    void faultsOfTheContentPointIntoTheContent() {
        HttpResponse<Buffer> answer = api.send(message("a").put("content", new JsonObject()));
        assertThat(pointers(answer.bodyAsJsonObject())).containsExactly("/content/text");
    }

    @Test
    void aChannelWithoutRecipientsGetsOneDelivery() {
        JsonObject toGroup = new JsonObject().put("channel", "group").put("content", content("x"));
        assertThat(api.send(toGroup).statusCode()).isEqualTo(202);
        assertThat(database.text("SELECT recipient FROM delivery")).isEmpty();
        assertThat(pointers(api.send(toGroup.put("to", "a")).bodyAsJsonObject()))
                .containsExactly("/recipients");
    }

    @Test
    void oneOfAThousandParallelRequestsWithOneKeyMakesTheMessage() {
        List<Future<HttpResponse<Buffer>>> asked = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            asked.add(api.send(message("a"), "same", 1));
        }
        Map<Integer, Long> byStatus = asked.stream()
                .map(SendApi::await)
                .collect(Collectors.groupingBy(HttpResponse::statusCode, Collectors.counting()));
        assertThat(byStatus.keySet()).isSubsetOf(202, 409);
        assertThat(database.number("SELECT count(*) FROM submission")).isOne();
        HttpResponse<Buffer> replay = await(api.send(message("a"), "same", 1));
        assertThat(replay.statusCode()).isEqualTo(202);
        assertThat(replay.getHeader("Idempotency-Replayed")).isEqualTo("true");
        List<String> accepted = asked.stream()
                .map(Future::result)
                .filter(answer -> answer.statusCode() == 202)
                .map(HttpResponse::bodyAsString)
                .distinct()
                .toList();
        assertThat(accepted).containsExactly(replay.bodyAsString());
        assertThat(api.meters.get("sluice.ingestion.submissions").counter().count())
                .isOne();
        assertThat(api.meters.get("sluice.ingestion.deliveries").counter().count())
                .isOne();
    }

    @Test
    void aKeyStandsForOneBodyOfOneTenant() {
        assertThat(await(api.send(message("a"), "k", 1)).statusCode()).isEqualTo(202);
        HttpResponse<Buffer> other = await(api.send(message("b"), "k", 1));
        assertThat(other.statusCode()).isEqualTo(422);
        assertThat(other.bodyAsJsonObject().getString("type")).endsWith("idempotency-mismatch");
        assertThat(await(api.send(message("b"), "k", 2)).statusCode()).isEqualTo(202);
        assertThat(await(api.send(message("a"), "k".repeat(256), 1)).statusCode())
                .isEqualTo(400);
        assertThat(await(api.send(message("a"), "kü", 1)).statusCode()).isEqualTo(400);
        assertThat(database.number("SELECT count(*) FROM submission")).isEqualTo(2);
    }

    @Test
    void aKeyOfACampaignIsRefusedWithoutALookAtItsPeople() throws SQLException {
        JsonObject campaign =
                new JsonObject().put("name", "spring").put("channel", "work").put("content", SendApi.content("hello"));
        assertThat(await(api.request(HttpMethod.POST, "/v1/campaigns", 1)
                                .putHeader("Idempotency-Key", "k")
                                .sendJsonObject(campaign))
                        .statusCode())
                .isEqualTo(201);
        assertThat(await(api.send(message("a"), "k", 1)).statusCode()).isEqualTo(422);
        StringBuilder plan = new StringBuilder();
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("PREPARE named (bigint[], text[], uuid[]) AS " + SubmissionStore.FIND_NAMED);
            try (ResultSet lines = statement.executeQuery(
                    "EXPLAIN (ANALYZE, COSTS OFF) EXECUTE named ('{1}', '{k}', ARRAY[gen_random_uuid()])")) {
                while (lines.next()) {
                    plan.append(lines.getString(1)).append('\n');
                }
            }
        }
        assertThat(plan.toString().lines())
                .filteredOn(line -> line.contains(" on delivery"))
                .isNotEmpty()
                .allMatch(line -> line.contains("(never executed)"));
    }

    @Test
    void aFaultOfOursKeepsNoKey() {
        JsonObject fatal = message("a").put("content", content("x").put("fault", true));
        assertThat(await(api.send(fatal, "k", 1)).statusCode()).isEqualTo(500);
        assertThat(await(api.send(fatal, "k", 1)).statusCode()).isEqualTo(500);
        assertThat(await(api.send(message("a"), "k", 1)).statusCode()).isEqualTo(202);
    }

    @Test
    void aReplayIsAnsweredEvenWhenItsTimesAreOver() {
        JsonObject message =
                message("a").put("deliverBy", Instant.now().plusSeconds(60).toString());
        HttpResponse<Buffer> first = await(api.send(message, "k", 1));
        assertThat(first.statusCode()).isEqualTo(202);
        api.aheadMillis.set(61_000);
        assertThat(api.send(message).statusCode()).isEqualTo(422);
        HttpResponse<Buffer> replay = await(api.send(message, "k", 1));
        assertThat(replay.statusCode()).isEqualTo(202);
        assertThat(replay.bodyAsString()).isEqualTo(first.bodyAsString());
    }

    @Test
    void aReplayIsAnsweredWhenTheLimitsWouldNotLetItsDeadlineBePromisedAnyMore() {
        String[] people = IntStream.range(0, 250).mapToObj(i -> "p" + i).toArray(String[]::new);
        JsonObject message =
                message(people).put("deliverBy", Instant.now().plusSeconds(180).toString());
        HttpResponse<Buffer> first = await(api.send(message, "k", 1));
        assertThat(first.statusCode()).isEqualTo(202);
        api.aheadMillis.set(100_000);
        assertThat(api.send(message).statusCode()).isEqualTo(422);
        HttpResponse<Buffer> replay = await(api.send(message, "k", 1));
        assertThat(replay.statusCode()).isEqualTo(202);
        assertThat(replay.bodyAsString()).isEqualTo(first.bodyAsString());
    }

    @Test
    void aDryRunSaysWhatWouldHappenAndStoresNothing() {
        String[] people = IntStream.range(0, 250).mapToObj(i -> "p" + i).toArray(String[]::new);
        HttpResponse<Buffer> answer = api.send(message(people).put("dryRun", true));
        assertThat(answer.statusCode()).isEqualTo(200);
        JsonObject forecast = answer.bodyAsJsonObject().getJsonObject("forecast");
        assertThat(forecast.getInteger("calls")).isEqualTo(3);
        assertThat(forecast.getInteger("leastSeconds")).isEqualTo(120);
        assertThat(forecast.getString("bindingLimit")).startsWith("people-per-minute");
        assertThat(database.number("SELECT count(*) FROM submission")).isZero();
    }

    @Test
    void aDryRunNamesNoLimitWhereNoneHoldsAnything() {
        JsonObject forecast =
                api.send(message("a").put("dryRun", true)).bodyAsJsonObject().getJsonObject("forecast");
        assertThat(forecast.getInteger("leastSeconds")).isZero();
        assertThat(forecast.fieldNames()).contains("bindingLimit");
        assertThat(forecast.getValue("bindingLimit")).isNull();
    }

    @Test
    void aDeadlineThatTheLimitsCannotKeepIsRefusedWithTheEarliestTime() {
        String[] people = IntStream.range(0, 250).mapToObj(i -> "p" + i).toArray(String[]::new);
        JsonObject problem = api.send(message(people)
                        .put("deliverBy", Instant.now().plusSeconds(60).toString()))
                .bodyAsJsonObject();
        assertThat(pointers(problem)).containsExactly("/deliverBy");
        assertThat(problem.getJsonArray("errors").getJsonObject(0).getString("detail"))
                .contains("at the earliest");
    }

    @Test
    void bodiesThatNoClientMeansAreRefusedWithoutAFaultOfOurs() {
        String deep = "[".repeat(10_000) + "]".repeat(10_000);
        for (String body : List.of(
                "",
                "null",
                "[]",
                "{",
                "{} x",
                "{\"a\":1,\"a\":2}",
                "{\"a\":1e400}",
                "{\"a\":" + deep + "}",
                "{\"a\":\"\\ud800\"}",
                "{\"a\":\"\\u0000\"}",
                "{\"a\":99999999999999999999}")) {
            HttpResponse<Buffer> answer =
                    await(api.request(HttpMethod.POST, "/v1/messages", 1).sendBuffer(Buffer.buffer(body)));
            assertThat(answer.statusCode())
                    .as(body.substring(0, Math.min(body.length(), 30)))
                    .isEqualTo(400);
        }
        HttpResponse<Buffer> large =
                await(api.request(HttpMethod.POST, "/v1/messages", 1).sendBuffer(Buffer.buffer(new byte[300_000])));
        assertThat(large.statusCode()).isEqualTo(413);
    }

    private static List<String> pointers(JsonObject problem) {
        return problem.getJsonArray("errors").stream()
                .map(error -> ((JsonObject) error).getString("pointer"))
                .toList();
    }
}
