package dev.sluice.engine.campaign;

import static dev.sluice.engine.ingestion.SendApi.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.ingestion.SendApi;
import dev.sluice.engine.ingestion.SendApiExtension;
import dev.sluice.engine.testkit.PostgresExtension;
import dev.sluice.engine.testkit.TestDatabase;
import dev.sluice.engine.testkit.TestWaiting;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith({PostgresExtension.class, SendApiExtension.class})
class CampaignTest {
    private TestDatabase database;
    private SendApi api;

    @BeforeEach
    void start(SendApi started, TestDatabase fresh) {
        api = started;
        database = fresh;
    }

    @Test
    void aFileWithAMarkQuotesAndBadRowsIsStoredRowByRow() {
        String id = draft();
        String file =
                "\uFEFF姓名,userid,部门\r\n\"张,三\",zhangsan,\"研发\r\n一部\"\r\n李四,李四,\r\n空,,\r\n坏,\"a,b\",\r\n没人,nobody,x\r\n又张三,zhangsan,\r\n";
        JsonObject stored = upload(id, file, "").bodyAsJsonObject();
        assertThat(stored.getInteger("rowsReceived")).isEqualTo(6);
        assertThat(stored.getInteger("rowsRejected")).isEqualTo(3);
        assertThat(stored.getInteger("people")).isEqualTo(3);
        assertThat(stored.getInteger("duplicates")).isOne();
        assertThat(database.text("SELECT string_agg(recipient || ':' || state, ',' ORDER BY ordinal) FROM delivery"))
                .isEqualTo("zhangsan:0,李四:0,zhangsan:4");
        JsonObject rejects =
                api.get("/v1/campaigns/" + id + "/rejects?limit=2", 1).bodyAsJsonObject();
        assertThat(rejects.getJsonArray("items").getJsonObject(1).getString("text"))
                .isEqualTo("a,b");
        assertThat(rowsAndLines(rejects)).containsExactly("2:5", "3:6");
        assertThat(rejects.getInteger("next")).isEqualTo(3);
        HttpResponse<Buffer> csv = await(api.request(HttpMethod.GET, "/v1/campaigns/" + id + "/rejects?limit=2", 1)
                .putHeader("Accept", "text/csv")
                .send());
        assertThat(csv.bodyAsString().split("\r\n")).hasSize(3);
        assertThat(csv.getHeader("Sluice-Next")).isEqualTo("3");
    }

    @Test
    void aRejectedRowIsFoundByItsLineUnlessTheUploadBeganInTheMiddleOfTheFile() {
        String id = draft();
        upload(id, "recipient\n\na\n,\n", "");
        upload(id, "recipient\nb\nc d\n", "?fromRow=2");
        assertThat(rowsAndLines(api.get("/v1/campaigns/" + id + "/rejects", 1).bodyAsJsonObject()))
                .containsExactly("1:4", "3:null");
    }

    @Test
    void anUploadThatBreaksOffGoesOnWhereItEndedAndNobodyIsLostOrDoubled() throws IOException {
        String id = draft();
        String file = people(0, 23_000);
        int cut = file.length() / 2;
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), api.port())) {
            OutputStream out = socket.getOutputStream();
            out.write(("PUT /v1/campaigns/" + id + "/people HTTP/1.1\r\nHost: x\r\nContent-Type: text/csv\r\n"
                            + "Authorization: Bearer " + api.keys.getFirst() + "\r\nContent-Length: " + file.length()
                            + "\r\n\r\n")
                    .getBytes(StandardCharsets.UTF_8));
            out.write(file.substring(0, cut).getBytes(StandardCharsets.UTF_8));
            out.flush();
            awaitRows(id, 10_000);
        }
        int received = received(id);
        assertThat(received).isBetween(10_000, 12_000);
        HttpResponse<Buffer> gap = upload(id, people(20_000, 23_000), "?fromRow=20000");
        assertThat(gap.statusCode()).isEqualTo(409);
        assertThat(gap.bodyAsJsonObject().getString("type")).endsWith("upload-gap");
        // The broken upload may still be storing what had arrived whole.
        TestWaiting.until(
                TestWaiting.PATIENCE,
                () -> upload(id, people(9_000, 23_000), "?fromRow=9000").statusCode() == 200,
                () -> api.get("/v1/campaigns/" + id, 1).bodyAsString());
        assertThat(upload(id, file, "").bodyAsJsonObject().getInteger("people")).isEqualTo(23_000);
        assertThat(database.number("SELECT count(DISTINCT recipient) FROM delivery WHERE state = 0"))
                .isEqualTo(23_000);
    }

    @Test
    void whoStandsInAnEarlierChunkOrUploadIsADuplicate() {
        String id = draft();
        upload(id, people(0, 6_000), "");
        JsonObject stored = upload(id, people(5_900, 12_000), "?fromRow=6000").bodyAsJsonObject();
        assertThat(stored.getInteger("people")).isEqualTo(12_100);
        assertThat(stored.getInteger("duplicates")).isEqualTo(100);
        assertThat(database.number("SELECT count(*) FROM delivery WHERE state = 0"))
                .isEqualTo(12_000);
        assertThat(database.number("SELECT suppressed FROM submission")).isEqualTo(100);
    }

    /** Else a file of one row, sent again and again, would cost Postgres as much each time as all who stand there. */
    @Test
    void aShortFileIsStoredWithoutALookAtAllWhoStandInItsCampaign() {
        String id = draft();
        int people = 12_000;
        upload(id, people(0, people), "");
        database.resetConnections();
        long before = read();
        JsonObject stored =
                upload(id, people(people - 1, people + 1), "?fromRow=" + people).bodyAsJsonObject();
        assertThat(stored.getInteger("duplicates")).isOne();
        // Backends report their counters when they end.
        database.resetConnections();
        TestWaiting.until(
                TestWaiting.PATIENCE,
                () -> database.number(
                                "SELECT sum(n_tup_ins) FROM pg_stat_user_tables WHERE relname LIKE 'delivery\\_20%'")
                        == people + 2,
                () -> "a backend that ended has not reported");
        assertThat(read() - before).isLessThan(people / 10);
    }

    /** Deliveries that were read so far, as far as is reported. */
    private long read() {
        return database.number(
                "SELECT sum(seq_tup_read + idx_tup_fetch) FROM pg_stat_user_tables WHERE relname LIKE 'delivery\\_20%'");
    }

    @Test
    void aCampaignStartsOnceItHasPeopleAndTakesNoMoreThen() {
        String id = draft();
        assertThat(api.post("/v1/campaigns/" + id + "/start", 1).statusCode()).isEqualTo(409);
        upload(id, people(0, 10), "");
        assertThat(api.post("/v1/campaigns/" + id + "/pause", 1).statusCode()).isEqualTo(409);
        assertThat(state(api.post("/v1/campaigns/" + id + "/start", 1))).isEqualTo("running");
        assertThat(api.woken).contains(1L);
        assertThat(upload(id, people(0, 20), "").statusCode()).isEqualTo(409);
        assertThat(state(api.post("/v1/campaigns/" + id + "/pause", 1))).isEqualTo("paused");
        assertThat(state(api.post("/v1/campaigns/" + id + "/resume", 1))).isEqualTo("running");
        assertThat(state(api.post("/v1/campaigns/" + id + "/cancel", 1))).isEqualTo("cancelling");
        assertThat(api.post("/v1/campaigns/" + id + "/start", 1).statusCode()).isEqualTo(409);
    }

    @Test
    void aDeadlineThatTheLimitsCannotKeepIsRefusedWhenItStarts() {
        JsonObject soon = campaign()
                .put("deliverBy", Instant.now().plus(Duration.ofMinutes(10)).toString());
        String id = create(soon, "soon", 1).bodyAsJsonObject().getString("id");
        upload(id, people(0, 2_000), "");
        HttpResponse<Buffer> refused = api.post("/v1/campaigns/" + id + "/start", 1);
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.bodyAsJsonObject().getString("detail")).contains("deliverBy", "at the earliest");
        JsonObject later = campaign()
                .put("deliverBy", Instant.now().plus(Duration.ofDays(1)).toString());
        String possible = create(later, "later", 1).bodyAsJsonObject().getString("id");
        upload(possible, people(0, 2_000), "");
        assertThat(state(api.post("/v1/campaigns/" + possible + "/start", 1))).isEqualTo("running");
    }

    @Test
    void aDraftWhoseDeadlineIsOverIsToldSo() {
        JsonObject soon = campaign()
                .put("deliverBy", Instant.now().plus(Duration.ofMinutes(1)).toString());
        String id = create(soon, "soon", 1).bodyAsJsonObject().getString("id");
        upload(id, people(0, 1), "");
        api.aheadMillis.set(61_000);
        HttpResponse<Buffer> refused = api.post("/v1/campaigns/" + id + "/start", 1);
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.bodyAsJsonObject().getString("detail"))
                .startsWith("Its deliverBy cannot be kept. It is over; it is ");
    }

    @Test
    void oneStreamOfLinesIsACampaignWithItsPeople() {
        String lines = campaign().encode()
                + "\n{\"recipient\":\"a\",\"name\":\"甲\"}\n\n{\"user_id\":\"b\"}\n{\"x\":1}\nnot json\n";
        HttpResponse<Buffer> answer = await(api.request(HttpMethod.POST, "/v1/campaigns", 1)
                .putHeader("Content-Type", "application/x-ndjson")
                .sendBuffer(Buffer.buffer(lines)));
        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(answer.bodyAsJsonObject().getInteger("rowsReceived")).isEqualTo(4);
        assertThat(answer.bodyAsJsonObject().getInteger("rowsRejected")).isEqualTo(2);
        assertThat(answer.bodyAsJsonObject().getJsonObject("counts").getInteger("total"))
                .isEqualTo(2);
        String rejects = answer.bodyAsJsonObject().getJsonObject("links").getString("rejects");
        assertThat(rowsAndLines(api.get(rejects, 1).bodyAsJsonObject())).containsExactly("2:5", "3:6");
    }

    @Test
    void oneKeyMakesOneCampaignHoweverOftenItIsAsked() {
        HttpResponse<Buffer> first = create(campaign(), "k", 1);
        HttpResponse<Buffer> again = create(campaign(), "k", 1);
        assertThat(first.statusCode()).isEqualTo(201);
        assertThat(first.getHeader("Idempotency-Replayed")).isNull();
        assertThat(again.statusCode()).isEqualTo(201);
        assertThat(again.getHeader("Idempotency-Replayed")).isEqualTo("true");
        assertThat(again.bodyAsString()).isEqualTo(first.bodyAsString());
        assertThat(create(campaign().put("name", "autumn"), "k", 1).statusCode())
                .isEqualTo(422);
        assertThat(create(campaign(), "k".repeat(256), 1).statusCode()).isEqualTo(400);
        assertThat(create(campaign(), "k", 2).statusCode()).isEqualTo(201);
        assertThat(await(api.send(SendApi.message("a"), "k", 1)).statusCode()).isEqualTo(422);
        assertThat(database.number("SELECT count(*) FROM campaign")).isEqualTo(2);
        assertThat(database.number("SELECT count(*) FROM submission")).isEqualTo(2);
    }

    @Test
    void parallelRequestsWithOneKeyMakeOneCampaign() {
        List<Future<HttpResponse<Buffer>>> asked = IntStream.range(0, 100)
                .mapToObj(i -> creating(campaign(), "same", 1))
                .toList();
        assertThat(asked.stream().map(answer -> await(answer).statusCode())).containsOnly(201);
        assertThat(asked.stream()
                        .map(answer -> answer.result().bodyAsJsonObject().getString("id"))
                        .distinct())
                .hasSize(1);
        assertThat(database.number("SELECT count(*) FROM submission")).isOne();
    }

    @Test
    void aCampaignsKeyAndBodyAreNoMessage() {
        create(campaign(), "k", 1);
        HttpResponse<Buffer> answer = await(api.send(campaign(), "k", 1));
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.bodyAsString()).doesNotContain("msg_");
    }

    @Test
    void aStreamOfLinesThatIsRepeatedUnderItsKeyGoesOnBehindTheStoredRows() {
        String begin = campaign().encode() + "\n{\"recipient\":\"a\"}\n{\"recipient\":\"b\"}\n";
        assertThat(lines(begin, "k").bodyAsJsonObject().getInteger("rowsReceived"))
                .isEqualTo(2);
        HttpResponse<Buffer> whole = lines(begin + "{\"recipient\":\"c\"}\n", "k");
        assertThat(whole.statusCode()).isEqualTo(201);
        assertThat(whole.getHeader("Idempotency-Replayed")).isEqualTo("true");
        assertThat(whole.bodyAsJsonObject().getInteger("rowsReceived")).isEqualTo(3);
        assertThat(database.text("SELECT string_agg(recipient, ',' ORDER BY ordinal) FROM delivery"))
                .isEqualTo("a,b,c");
        assertThat(database.number("SELECT count(*) FROM campaign")).isOne();
    }

    @Test
    void aFileThatEndsInAnOpenQuoteIsRefusedFromThatRowOnAndGoesOnFromThereOnceCorrected() {
        String id = draft();
        String good = "recipient,name\na,A\nb,B\n";
        HttpResponse<Buffer> refused = upload(id, good + "c,\"C\nd,D\ne,E\n", "");
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.bodyAsJsonObject().getString("detail"))
                .contains("a quote is not closed", "at row 2", "2 rows are stored", "fromRow=2");
        assertThat(received(id)).isEqualTo(2);

        JsonObject stored = upload(id, good + "c,\"C\"\nd,D\ne,E\n", "").bodyAsJsonObject();
        assertThat(stored.getInteger("rowsRejected")).isZero();
        assertThat(database.text("SELECT string_agg(recipient, ',' ORDER BY ordinal) FROM delivery"))
                .isEqualTo("a,b,c,d,e");
    }

    @Test
    void aRowWithoutAnEndIsRefusedBeforeItFillsTheMemory() {
        String id = draft();
        String endless = ("x".repeat(1_000) + ",").repeat(300);
        HttpResponse<Buffer> refused = upload(id, "recipient,note\na,A\nb," + endless + "\nc,C\n", "");
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.bodyAsJsonObject().getString("detail")).contains("or a row than", "at row 1");
        assertThat(received(id)).isOne();
        assertThat(upload(draft(), endless + "recipient\na\n", "").statusCode()).isEqualTo(422);
    }

    @Test
    void linesThatEndInTheMiddleOfAnObjectRejectThatOne() {
        String id = draft();
        HttpResponse<Buffer> stored = await(api.request(HttpMethod.PUT, "/v1/campaigns/" + id + "/people", 1)
                .putHeader("Content-Type", "application/x-ndjson")
                .sendBuffer(Buffer.buffer("{\"recipient\":\"a\"}\n{\"recipient\":\"b")));
        assertThat(stored.bodyAsJsonObject().getInteger("people")).isOne();
        JsonObject reject = api.get("/v1/campaigns/" + id + "/rejects", 1)
                .bodyAsJsonObject()
                .getJsonArray("items")
                .getJsonObject(0);
        assertThat(reject.getInteger("row")).isOne();
        assertThat(reject.getString("text")).isEqualTo("{\"recipient\":\"b");
    }

    @Test
    void filesOfOddShapesAreReadOrRefusedWithAReason() {
        assertThat(upload(draft(), "USERID\r\n\r\na\r\n\r\n\"b\"\r\n", "")
                        .bodyAsJsonObject()
                        .getInteger("people"))
                .isEqualTo(2);
        assertThat(upload(draft(), "userid\rx\ry", "").bodyAsJsonObject().getInteger("people"))
                .isEqualTo(2);
        for (String file : List.of("", "\n\n", "name,mail\nx,y\n", "userid\n\"never closed" + "x".repeat(40_000))) {
            HttpResponse<Buffer> refused = upload(draft(), file, "");
            assertThat(refused.statusCode()).as(file).isEqualTo(422);
            assertThat(refused.bodyAsJsonObject().getString("detail"))
                    .contains(file.contains("never") ? "quote" : "userid");
        }
        HttpResponse<Buffer> unknown = await(api.request(HttpMethod.PUT, "/v1/campaigns/" + draft() + "/people", 1)
                .putHeader("Content-Type", "application/json")
                .sendBuffer(Buffer.buffer("{}")));
        assertThat(unknown.statusCode()).isEqualTo(415);
        assertThat(unknown.bodyAsJsonObject().getString("detail")).contains("text/csv");
    }

    @Test
    void linesOfOddShapesAreReadOrRejectedOneByOne() {
        String id = draft();
        String lines =
                "\uFEFF{\"recipient\":\"a\"}\r\n\r\n   \n{\"userid\":\"b\"}\n[]\n{\"recipient\":7}\n{\"recipient\":\"c\"}";
        HttpResponse<Buffer> stored = await(api.request(HttpMethod.PUT, "/v1/campaigns/" + id + "/people", 1)
                .putHeader("Content-Type", "application/x-ndjson")
                .sendBuffer(Buffer.buffer(lines)));
        assertThat(stored.bodyAsJsonObject().getInteger("people")).isEqualTo(3);
        assertThat(stored.bodyAsJsonObject().getInteger("rowsRejected")).isEqualTo(2);
    }

    private Future<HttpResponse<Buffer>> creating(JsonObject campaign, String key, int tenant) {
        return api.request(HttpMethod.POST, "/v1/campaigns", tenant)
                .putHeader("Idempotency-Key", key)
                .sendJsonObject(campaign);
    }

    private HttpResponse<Buffer> create(JsonObject campaign, String key, int tenant) {
        return await(creating(campaign, key, tenant));
    }

    private HttpResponse<Buffer> lines(String lines, String key) {
        return await(api.request(HttpMethod.POST, "/v1/campaigns", 1)
                .putHeader("Content-Type", "application/x-ndjson")
                .putHeader("Idempotency-Key", key)
                .sendBuffer(Buffer.buffer(lines)));
    }

    private String draft() {
        HttpResponse<Buffer> made =
                await(api.request(HttpMethod.POST, "/v1/campaigns", 1).sendJsonObject(campaign()));
        assertThat(made.statusCode()).isEqualTo(201);
        return made.bodyAsJsonObject().getString("id");
    }

    private static JsonObject campaign() {
        return new JsonObject().put("name", "spring").put("channel", "work").put("content", SendApi.content("hello"));
    }

    private HttpResponse<Buffer> upload(String id, String file, String query) {
        return await(api.request(HttpMethod.PUT, "/v1/campaigns/" + id + "/people" + query, 1)
                .putHeader("Content-Type", "text/csv; charset=utf-8")
                .sendBuffer(Buffer.buffer(file)));
    }

    private static List<String> rowsAndLines(JsonObject rejects) {
        return rejects.getJsonArray("items").stream()
                .map(JsonObject.class::cast)
                .map(reject -> reject.getInteger("row") + ":" + reject.getInteger("line"))
                .toList();
    }

    private static String people(int from, int until) {
        StringBuilder file = new StringBuilder("recipient\n");
        for (int i = from; i < until; i++) {
            file.append("person-").append(i).append('\n');
        }
        return file.toString();
    }

    private void awaitRows(String id, int rows) {
        long deadline = System.nanoTime() + 120_000_000_000L;
        while (received(id) < rows) {
            assertThat(System.nanoTime()).as("rows of %s", id).isLessThan(deadline);
        }
    }

    private int received(String id) {
        return api.get("/v1/campaigns/" + id, 1).bodyAsJsonObject().getInteger("rowsReceived");
    }

    private static String state(HttpResponse<Buffer> answer) {
        return answer.bodyAsJsonObject().getString("state");
    }
}
