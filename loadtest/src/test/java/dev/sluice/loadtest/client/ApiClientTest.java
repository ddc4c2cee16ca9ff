package dev.sluice.loadtest.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Any server may stand at the address that somebody gave. */
class ApiClientTest {
    private static final String KEY = "slc_live_notToBeShown";

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient http = HttpClient.newHttpClient();
    private volatile Consumer<HttpServerRequest> server;
    private volatile boolean hungUp;
    private URI base;
    private ApiClient api;

    @BeforeEach
    void listen() {
        HttpServer listening = vertx.createHttpServer(new HttpServerOptions().setHttp2ClearTextEnabled(false))
                .requestHandler(request -> server.accept(request))
                .connectionHandler(connection -> connection.closeHandler(closed -> hungUp = true));
        int port = Patience.await(listening.listen(0, "127.0.0.1")).actualPort();
        base = URI.create("http://127.0.0.1:" + port);
        api = new ApiClient(http, base, KEY);
    }

    @AfterEach
    void close() {
        http.shutdownNow();
        Patience.await(vertx.close());
    }

    @Test
    void anAnswerThatBeginsAndDoesNotEndIsNoneAndIsHungUpOn() {
        server =
                request -> request.response().putHeader("Content-Length", "100").write("{");
        api = new ApiClient(http, base, KEY, Duration.ofSeconds(2));
        ApiFailure failure = failure();
        assertThat(failure.status()).isZero();
        assertThat(failure).hasMessage("GET /v1/x had no whole answer after 2 s");
        assertThat(Patience.until(Duration.ofMinutes(1), () -> hungUp)).isTrue();
    }

    @Test
    void anAnswerWithoutAnEndFillsNoMemory() {
        server = request -> flood(request.response().setChunked(true));
        assertThat(failure()).hasMessageContaining("was answered with more than anybody reads");
        assertThat(Patience.until(Duration.ofMinutes(1), () -> hungUp)).isTrue();
    }

    /** As fast as it is read. */
    private static void flood(HttpServerResponse response) {
        response.write(Buffer.buffer(new byte[65_536])).onSuccess(written -> flood(response));
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "[]", "5", "<html>", "", "{"})
    void anAnswerThatIsNoObjectIsNotWhatTheApiPromises(String body) {
        server = request -> request.response().end(body);
        ApiFailure failure = failure();
        assertThat(failure.status()).isEqualTo(200);
        assertThat(failure).hasMessage("GET /v1/x was answered with what is no JSON object");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                {"errors":[{"detail":"One."},{"detail":"Two."}]} | One. Two.
                {"errors":[{"code":"x"},{"detail":"Two."}]}      | Two.
                {"errors":[],"detail":"All."}                    | All.
                {"errors":"no","detail":"All."}                  | All.
                {"errors":["one"]}                               | GET /v1/x was answered 422: {"errors":["one"]}
                {"errors":[null,{"detail":null}]}                | GET /v1/x was answered 422: {"errors":[null,{"detail":null}]}
                {"detail":5}                                     | GET /v1/x was answered 422: {"detail":5}
                null                                             | GET /v1/x was answered 422: null
                """)
    void aRefusalSaysWhatIsInItWhateverItsForm(String body, String reason) {
        server = request -> request.response().setStatusCode(422).end(body);
        assertThat(failure().reason()).isEqualTo(reason);
    }

    @Test
    void whatAnotherServerSaysIsFitForATerminal() {
        server = request -> request.response()
                .setStatusCode(404)
                .end("\u001b[2J\n\u009b1m" + request.getHeader("Authorization") + "x".repeat(5_000));
        assertThat(failure().getMessage())
                .startsWith("GET /v1/x was answered 404: ")
                .doesNotContainPattern("\\p{Cc}")
                .doesNotContain(KEY)
                .hasSizeLessThan(1_000);
    }

    @Test
    void aServerThatHangsUpOrIsNotThereDidNotAnswer() {
        server = request -> request.connection().close();
        assertThat(failure().status()).isZero();
        Patience.await(vertx.close());
        assertThat(failure()).hasMessage("GET /v1/x was not answered: no connection");
    }

    @Test
    void fieldsThatAreMissingOrSomethingElseAreNotWhatTheApiPromises() {
        JsonObject answer = new JsonObject("""
                {"id": "a b", "number": 5, "negative": -1, "half": 0.5, "text": "5", "none": null}
                """);
        assertThatThrownBy(() -> Promised.id(answer, "id")).isInstanceOf(ApiFailure.class);
        assertThatThrownBy(() -> Promised.id(answer, "number")).isInstanceOf(ApiFailure.class);
        assertThat(Promised.idIfAny(answer, "none")).isEmpty();
        assertThat(Promised.count(answer, "number")).isEqualTo(5);
        for (String field : new String[] {"negative", "half", "text", "none", "missing"}) {
            assertThatThrownBy(() -> Promised.count(answer, field))
                    .isInstanceOf(ApiFailure.class)
                    .hasMessageContaining(field);
        }
        assertThatThrownBy(() -> States.in(answer)).isInstanceOf(ApiFailure.class);
        assertThatThrownBy(() -> States.in(new JsonObject("{\"counts\": {\"sent\": \"many\"}}")))
                .isInstanceOf(ApiFailure.class);
    }

    private ApiFailure failure() {
        return catchThrowableOfType(ApiFailure.class, () -> api.get("/v1/x"));
    }
}
