package dev.sluice.engine.sending;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.engine.channel.PlatformRequest;
import dev.sluice.engine.channel.PlatformRequest.ApiFamily;
import dev.sluice.engine.channel.Redaction;
import dev.sluice.engine.sending.PlatformResult.NoAnswer;
import dev.sluice.engine.sending.PlatformResult.NotSent;
import dev.sluice.engine.sending.PlatformResult.Replied;
import dev.sluice.engine.time.EngineClock;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.net.NetSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlatformClientTest {
    private static final PlatformClientOptions QUICK = new PlatformClientOptions(1_000, 2_000, 1 << 16, 1, 1, 30);
    /** For peers that answer or hang up. */
    private static final PlatformClientOptions PATIENT = new PlatformClientOptions(20_000, 60_000, 1 << 16, 1, 1, 30);

    private static final String CANARY = "canary-token";
    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void close() {
        vertx.close().await();
    }

    @Test
    void anAnswerArrivesWholeWhateverItsStatus() {
        RawServer server =
                new RawServer(vertx, socket -> socket.write(RawServer.answer(503, "{\"code\":\"system.busy\"}")));

        PlatformResult result = call(client(server, PATIENT));

        assertThat(result).isInstanceOfSatisfying(Replied.class, replied -> {
            assertThat(replied.reply().status()).isEqualTo(503);
            assertThat(replied.reply().body().toString()).isEqualTo("{\"code\":\"system.busy\"}");
        });
    }

    @Test
    void aRefusedConnectionIsNotSent() {
        assertThat(call(client("http://127.0.0.1:1", PATIENT))).isInstanceOf(NotSent.class);
    }

    @Test
    void anUnknownHostIsNotSent() {
        assertThat(call(client("https://no-such-host.invalid", PATIENT))).isInstanceOf(NotSent.class);
    }

    @Test
    void aPeerThatDoesNotSpeakTlsIsNotSent() {
        RawServer server = new RawServer(vertx, NetSocket::close);

        assertThat(call(client(server.baseUrl().replace("http:", "https:"), PATIENT)))
                .isInstanceOf(NotSent.class);
        assertThat(server.requests).hasValue(0);
    }

    @Test
    void aResetAfterTheRequestIsNoAnswerAndNothingIsSentAgain() {
        RawServer server = new RawServer(vertx, NetSocket::close);

        assertThat(call(client(server, PATIENT))).isInstanceOf(NoAnswer.class);
        assertThat(server.requests).hasValue(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u0000HTTP canary-token\r\n\r\n",
                "HTTP/1.1 \u0000 canary-token\r\n\r\n",
                "HTTP/1.1 200\r\n\u0000:canary-token\r\n\r\n"
            })
    void anAnswerThatIsNoHttpIsNoAnswerAndItsBytesDoNotBreakTheReason(String bytes) {
        RawServer server = new RawServer(vertx, socket -> socket.write(bytes));

        PlatformResult result = client(server, PATIENT)
                .call(request().hiding(Redaction.of(List.of(CANARY))))
                .await();

        assertThat(result)
                .isInstanceOfSatisfying(
                        NoAnswer.class,
                        noAnswer -> assertThat(noAnswer.reason()).doesNotContain("\u0000", CANARY));
    }

    @Test
    void aKeptConnectionThatDiesUnderTheNextPostSendsItOnceOnly() {
        int[] seen = {0};
        RawServer server = new RawServer(vertx, socket -> {
            if (seen[0]++ == 0) {
                socket.write(RawServer.answer(200, "{}"));
            } else {
                socket.close();
            }
        });
        PlatformClient client = client(server, PATIENT);

        assertThat(call(client)).isInstanceOf(Replied.class);
        assertThat(call(client)).isInstanceOf(NoAnswer.class);
        assertThat(server.requests).hasValue(2);
        assertThat(server.connections).hasValue(1);
    }

    @Test
    void anObjectionBeforeTheWriteSendsNothingAndTheConnectionServesTheNextCall() {
        RawServer server = new RawServer(vertx, socket -> socket.write(RawServer.answer(200, "{}")));
        PlatformClient client = client(server, PATIENT);

        PlatformResult refused =
                client.call(request(), () -> "the grant is too old").await();

        assertThat(refused).isEqualTo(new NotSent("the grant is too old"));
        assertThat(server.requests).hasValue(0);
        assertThat(call(client)).isInstanceOf(Replied.class);
        assertThat(call(client)).isInstanceOf(Replied.class);
        assertThat(server.requests).hasValue(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"silence", "drip", "half", "huge", "headers", "redirect"})
    void aHostilePeerEndsWithinTheDeadline(String kind) {
        RawServer server = new RawServer(vertx, hostile(kind));

        PlatformResult result = call(client(server, kind.equals("redirect") ? PATIENT : QUICK));

        if (kind.equals("redirect")) {
            assertThat(result)
                    .isInstanceOfSatisfying(
                            Replied.class,
                            replied -> assertThat(replied.reply().status()).isEqualTo(302));
        } else {
            assertThat(result).isInstanceOf(NoAnswer.class);
        }
        assertThat(server.requests).hasValue(1);
        assertThat(result.toString()).doesNotContain(CANARY);
    }

    private Handler<NetSocket> hostile(String kind) {
        return switch (kind) {
            case "silence" -> socket -> {};
            case "drip" ->
                socket -> {
                    socket.write("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n");
                    vertx.setPeriodic(50, timer -> socket.write("x"));
                };
            case "half" ->
                socket -> {
                    socket.write("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{");
                    socket.close();
                };
            case "huge" -> socket -> socket.write(RawServer.answer(200, "x".repeat(1 << 20)));
            case "headers" -> socket -> socket.write("HTTP/1.1 200 OK\r\nX-Long: " + "x".repeat(1 << 20) + "\r\n\r\n");
            case "redirect" ->
                socket -> socket.write("HTTP/1.1 302 Found\r\nLocation: /elsewhere\r\nContent-Length: 0\r\n\r\n");
            default -> throw new IllegalArgumentException(kind);
        };
    }

    @Test
    void callsBeyondThePoolAndItsQueueAreNotSent() {
        RawServer server = new RawServer(vertx, socket -> {});
        PlatformClient client = client(server, QUICK);
        List<Future<PlatformResult>> calls = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            calls.add(client.call(request()));
        }

        List<PlatformResult> results = calls.stream().map(call -> call.await()).toList();

        assertThat(results.stream().filter(NoAnswer.class::isInstance)).hasSize(1);
        assertThat(results.stream().filter(NotSent.class::isInstance)).hasSize(4);
        assertThat(server.requests).hasValue(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp://127.0.0.1", "https://user@host", "https://h/?a=b", "host:80"})
    void aBaseUrlThatIsNoPlaceToCallIsRefused(String baseUrl) {
        assertThatThrownBy(() -> client(baseUrl, QUICK)).isInstanceOf(IllegalArgumentException.class);
    }

    private static PlatformResult call(PlatformClient client) {
        return client.call(request()).await();
    }

    private static PlatformRequest request() {
        return new PlatformRequest(
                ApiFamily.DINGTALK_OAPI,
                HttpMethod.POST,
                "/robot/send",
                Map.of("access_token", CANARY),
                Map.of(),
                Buffer.buffer("{}"));
    }

    private PlatformClient client(RawServer server, PlatformClientOptions options) {
        return client(server.baseUrl(), options);
    }

    private PlatformClient client(String baseUrl, PlatformClientOptions options) {
        PlatformAddresses addresses =
                new PlatformAddresses(Map.of(ApiFamily.DINGTALK_OAPI, baseUrl, ApiFamily.DINGTALK_API, baseUrl));
        return new PlatformClient(vertx, addresses, options, EngineClock.system());
    }
}
