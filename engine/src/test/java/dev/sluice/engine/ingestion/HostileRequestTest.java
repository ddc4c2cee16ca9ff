package dev.sluice.engine.ingestion;

import static dev.sluice.engine.ingestion.SendApi.await;
import static dev.sluice.engine.ingestion.SendApi.message;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.sluice.engine.testkit.PostgresExtension;
import dev.sluice.engine.testkit.TestDatabase;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.LoggerFactory;

/** Requests that nobody means well by: each is refused as the client's fault, none as ours. */
@ExtendWith(PostgresExtension.class)
class HostileRequestTest {
    @RegisterExtension
    static final SendApiExtension SEND_API = SendApiExtension.with(Map.of("bodyMillis", 2_000));

    private static final long SEED = Long.getLong("sluice.test.seed", System.nanoTime());
    private static final List<String> TEXTS = List.of(
            "'; DROP TABLE submission; --",
            "' OR '1'='1",
            "$1",
            "\\",
            "{}",
            "{\"a\",b}",
            "a:b*",
            "%00",
            "../../etc/passwd",
            "${jndi:ldap://x/a}",
            "\u202e\ufeff",
            "-999999999-01-01T00:00:00Z",
            "+999999999-12-31T23:59:59Z",
            "2026-11-21T09:00:00+18:00",
            "x".repeat(70_000));

    private TestDatabase database;
    private SendApi api;

    @BeforeEach
    void start(SendApi started, TestDatabase fresh) {
        api = started;
        database = fresh;
    }

    @Test
    void everyFieldWithEveryHostileValueIsTakenOrRefusedAndNeverAFaultOfOurs() {
        for (String path : List.of("/v1/messages", "/v1/campaigns")) {
            JsonObject right = path.endsWith("messages") ? message("a") : campaign();
            List<String> fields = new ArrayList<>(right.fieldNames());
            fields.addAll(List.of("to", "priority", "notBefore", "deliverBy", "tags", "dryRun", "name", "__proto__"));
            for (String field : fields) {
                for (Object value : values()) {
                    check(
                            path + " " + field + " = " + brief(value),
                            body(path, right.copy().put(field, value)));
                }
            }
        }
        assertThat(database.number("SELECT count(*) FROM tenant")).isEqualTo(2);
    }

    @Test
    void randomDamageToTheBytesOfABodyIsNeverAFaultOfOurs() {
        Random random = new Random(SEED);
        for (int round = 0; round < 400; round++) {
            byte[] bytes = message("zhangsan", "李四")
                    .put("tags", new JsonArray().add("t"))
                    .put("deliverBy", "2027-01-01T00:00:00Z")
                    .toBuffer()
                    .getBytes();
            for (int hit = random.nextInt(1, 4); hit > 0; hit--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            HttpResponse<Buffer> answer =
                    await(api.request(HttpMethod.POST, "/v1/messages", 1).sendBuffer(Buffer.buffer(bytes)));
            check("seed " + SEED + " round " + round, answer);
        }
    }

    @Test
    void hostilePathsAndParametersAreNeverAFaultOfOurs() {
        List<String> texts = new ArrayList<>(TEXTS);
        texts.removeLast();
        texts.addAll(List.of("%zz", "%ff", "%", "", "9223372036854775808", "-1"));
        for (String operation : api.operations()) {
            for (String text : texts) {
                for (String encoded :
                        List.of(text.replace(' ', '+'), URLEncoder.encode(text, StandardCharsets.UTF_8))) {
                    String path = operation.split(" ", 2)[1].replace("{id}", encoded);
                    String query = "?after=%1$s&limit=%1$s&since=%1$s&until=%1$s&recipient=%1$s&state=%1$s&fromRow=%1$s"
                            .formatted(encoded);
                    for (String target : List.of(path, path + query, path + "?recipient=a&until=" + encoded)) {
                        if (target.chars().anyMatch(unit -> unit <= ' ' || unit > 126)) {
                            continue;
                        }
                        HttpMethod method = HttpMethod.valueOf(operation.split(" ", 2)[0]);
                        check(
                                method + " " + target,
                                await(api.request(method, target, 1).send()));
                    }
                }
            }
        }
    }

    @Test
    void headersThatNoParserTakesAreAnsweredWithAProblemAndTheEndOfTheConnection() throws IOException {
        String key = "Authorization: Bearer " + api.keys.getFirst() + "\r\n";
        for (String request : List.of(
                "GET /v1/campaigns HTTP/1.1\r\nHost: x\r\n" + key + "A: " + "x".repeat(9_000) + "\r\n\r\n",
                "GET /" + "x".repeat(9_000) + " HTTP/1.1\r\nHost: x\r\n\r\n",
                "POST /v1/messages HTTP/1.1\r\nHost: x\r\n" + key + "Idempotency-Key: a\u0001b\r\n\r\n",
                "POST /v1/messages HTTP/1.1\r\nHost: x\r\n" + key + "Content-Length: 1\r\nContent-Length: 2\r\n\r\n{}",
                "GET /v1/campaigns HTTP/1.1\r\nConnection: close\r\n\r\n",
                "GET ?limit=1 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
                "nonsense\r\n\r\n")) {
            String answer = api.raw(request);
            assertThat(answer)
                    .as(request.substring(0, Math.min(60, request.length())))
                    .containsPattern("^HTTP/1\\.[01] 400")
                    .contains("application/problem+json");
        }
    }

    @Test
    void aRequestThatEndsInTwoPlacesIsRefusedAndNothingBehindItIsTakenForTheNext() throws IOException {
        String begin = "POST /v1/messages HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + api.keys.getFirst() + "\r\n";
        String next = "GET / HTTP/1.1\r\nHost: smuggled\r\n\r\n";
        for (String request : List.of(
                begin + "Transfer-Encoding: xchunked\r\n\r\n",
                begin + "Transfer-Encoding: chunked, x\r\n\r\n0\r\n\r\n",
                begin + "Transfer-Encoding: identity\r\nContent-Length: 2\r\n\r\n{}",
                begin + "Transfer-Encoding: x\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                begin + "Content-Length: 60\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                begin + "Host: y\r\nContent-Length: 2\r\n\r\n{}",
                begin.replace("HTTP/1.1", "HTTP/1.0")
                        + "Connection: keep-alive\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                begin.replace("POST /v1/messages", "GET /v1/campaigns") + "Host: y\r\n\r\n")) {
            // Read to its end, so the connection was closed.
            String answers = api.raw(request + next);
            assertThat(answers)
                    .as(request)
                    .containsPattern("^HTTP/1\\.[01] 400")
                    .doesNotContain(" 200 OK");
            assertThat(answers.split("HTTP/1\\.[01] ", -1)).as(request).hasSize(2);
        }
    }

    @Test
    void aHeaderOrABodyThatDripsIsCutOff() throws IOException {
        assertThat(drip("GET /v1/campaigns HTTP/1.1\r\nHost: x\r\nX: ")).isEmpty();
        String head = "POST /v1/messages HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\nAuthorization: Bearer ";
        assertThat(drip(head + api.keys.getFirst() + "\r\n\r\n")).startsWith("HTTP/1.1 408");
    }

    @Test
    void aThousandLongRecipientsFitInOneRequest() {
        String[] people =
                IntStream.range(0, 1_000).mapToObj(i -> "%064d".formatted(i)).toArray(String[]::new);
        assertThat(api.send(message(people)).statusCode()).isEqualTo(202);
        String[] longest =
                IntStream.range(0, 1_000).mapToObj(i -> "%0128d".formatted(i)).toArray(String[]::new);
        assertThat(api.send(message(longest)).statusCode()).isEqualTo(202);
        assertThat(database.number("SELECT count(*) FROM delivery")).isEqualTo(2_000);
    }

    @Test
    void noKeyStandsInALogOrAnAnswerOrAMetric() throws IOException {
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        Logger root = (Logger) LoggerFactory.getLogger("dev.sluice");
        Level before = root.getLevel();
        root.setLevel(Level.TRACE);
        root.addAppender(lines);
        lines.start();
        String key = api.keys.getFirst();
        String secret = key.substring(key.length() - 49);
        StringBuilder seen = new StringBuilder();
        try {
            seen.append(api.get("/v1/campaigns?key=" + key, 1).bodyAsString());
            seen.append(api.send(message("a").put(key, key)).bodyAsString().replace("/" + key, ""));
            seen.append(api.raw("GET / HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + key + "\u0001\r\n\r\n"));
            seen.append(api.raw("GET /v1/campaigns HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Basic "
                    + key + "\r\n\r\n"));
            database.execute("ALTER TABLE campaign RENAME TO gone");
            HttpResponse<Buffer> ours = api.get("/v1/campaigns", 1);
            assertThat(ours.statusCode()).isEqualTo(500);
            seen.append(ours.bodyAsString());
        } finally {
            root.detachAppender(lines);
            root.setLevel(before);
        }
        assertThat(lines.list).as("the capture works").isNotEmpty();
        lines.list.forEach(line -> seen.append(line.getFormattedMessage()).append(line.getThrowableProxy()));
        seen.append(api.meters.getMetersAsString());
        assertThat(seen.toString()).doesNotContain(secret);
    }

    /** Sends a beginning and then a byte at a time until the server closes; what it answered before. */
    private String drip(String begin) throws IOException {
        long deadline = System.nanoTime() + 120_000_000_000L;
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), api.port())) {
            socket.getOutputStream().write(begin.getBytes(StandardCharsets.ISO_8859_1));
            socket.setSoTimeout(200);
            StringBuilder answer = new StringBuilder();
            while (System.nanoTime() < deadline) {
                try {
                    int next = socket.getInputStream().read();
                    if (next < 0) {
                        return answer.toString();
                    }
                    answer.append((char) next);
                } catch (SocketTimeoutException silent) {
                    socket.getOutputStream().write('x');
                } catch (SocketException closed) {
                    return answer.toString();
                }
            }
        }
        throw new AssertionError("still open after 120 s");
    }

    private HttpResponse<Buffer> body(String path, JsonObject body) {
        return await(api.request(HttpMethod.POST, path, 1).sendJsonObject(body));
    }

    private static void check(String what, HttpResponse<Buffer> answer) {
        assertThat(answer.statusCode())
                .as("%s: %s", what, answer.bodyAsString())
                .isBetween(200, 499);
        if (answer.statusCode() >= 400) {
            assertThat(answer.getHeader("Content-Type")).as(what).isEqualTo("application/problem+json");
            assertThat(answer.bodyAsJsonObject().getString("type")).as(what).startsWith("urn:sluice:problem:");
        }
    }

    private static List<Object> values() {
        List<Object> values = new ArrayList<>(TEXTS);
        values.addAll(List.of(
                0,
                -1,
                Long.MAX_VALUE,
                1e300,
                true,
                false,
                new JsonArray(),
                new JsonObject(),
                new JsonArray().addNull()));
        values.add(new JsonArray().add(new JsonArray().add(new JsonObject().put("text", 1))));
        values.add(new JsonObject().put("msgtype", 7).put("text", "x"));
        TEXTS.forEach(text -> values.add(new JsonArray().add(text)));
        return values;
    }

    private static JsonObject campaign() {
        return new JsonObject().put("name", "spring").put("channel", "work").put("content", SendApi.content("hello"));
    }

    private static String brief(Object value) {
        String text = String.valueOf(value);
        return text.substring(0, Math.min(text.length(), 60));
    }
}
