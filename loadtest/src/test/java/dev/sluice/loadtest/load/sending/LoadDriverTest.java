package dev.sluice.loadtest.load.sending;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.model.PriorityClass;
import dev.sluice.loadtest.client.Patience;
import dev.sluice.loadtest.load.sending.Sent.Answer;
import dev.sluice.loadtest.load.tenant.LoadTenant;
import dev.sluice.loadtest.scenario.Scenario;
import dev.sluice.loadtest.scenario.ScenarioFile;
import dev.sluice.loadtest.scenario.ScenarioInvalid;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.NetServer;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoadDriverTest {
    private static final int REQUESTS = 300;

    /** More than the client has connections. */
    private static final String AT_ONCE = """
            name: at-once
            description: {en: x, zh: x}
            tenants:
              - {name: one, tier: standard}
            load:
              - {kind: singles, tenants: one, untilSeconds: 1, perSecond: 300}
            """;

    private final Vertx vertx = Vertx.vertx();
    private final ClientLog log = new ClientLog();

    @AfterEach
    void close() {
        Patience.await(vertx.close());
    }

    @Test
    void whatIsGivenUpEndsWithoutAnAnswerAlthoughTheEngineNeverSaysAWord() throws ScenarioInvalid {
        AtomicInteger connections = new AtomicInteger();
        NetServer silent = vertx.createNetServer().connectHandler(connection -> connections.incrementAndGet());
        int port = Patience.await(silent.listen(0, "127.0.0.1")).actualPort();
        assertNobodyAnswers(port, () -> log.offered() == REQUESTS && connections.get() > 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"id\": \"a b\"}", "{}", "{\"id\": 5}", "null", "<html>"})
    void anAnswerWithoutAnIdIsNoneWhateverItsStatus(String body) throws ScenarioInvalid {
        HttpServer other = vertx.createHttpServer()
                .requestHandler(request -> request.response().setStatusCode(202).end(body));
        assertNobodyAnswers(Patience.await(other.listen(0, "127.0.0.1")).actualPort(), () -> log.offered() == REQUESTS);
    }

    @Test
    void anAnswerThatDoesNotEndIsNoneHoweverManyBytesArrive() throws ScenarioInvalid {
        AtomicInteger asked = new AtomicInteger();
        HttpServer trickling = vertx.createHttpServer().requestHandler(request -> {
            asked.incrementAndGet();
            HttpServerResponse response = request.response().setStatusCode(202).setChunked(true);
            long drops = vertx.setPeriodic(1, 500, drop -> response.write(" "));
            response.exceptionHandler(hungUp -> vertx.cancelTimer(drops));
            response.closeHandler(hungUp -> vertx.cancelTimer(drops));
        });
        assertNobodyAnswers(
                Patience.await(trickling.listen(0, "127.0.0.1")).actualPort(), () -> asked.get() > REQUESTS);
    }

    @Test
    void anAnswerWithoutAnEndFillsNoMemory() throws ScenarioInvalid {
        AtomicInteger hungUp = new AtomicInteger();
        HttpServer endless = vertx.createHttpServer().requestHandler(request -> {
            HttpServerResponse response = request.response().setStatusCode(202).setChunked(true);
            response.closeHandler(closed -> hungUp.incrementAndGet());
            flood(response);
        });
        assertNobodyAnswers(Patience.await(endless.listen(0, "127.0.0.1")).actualPort(), () -> hungUp.get() > REQUESTS);
    }

    /** Whether it is for now or for good, as where the deadline is over by then: the first attempt may have been taken. */
    @ParameterizedTest
    @ValueSource(ints = {503, 422})
    void aRequestWithoutAnAnswerIsNotRefusedByARefusalThatFollows(int refusal) throws ScenarioInvalid {
        Set<String> asked = ConcurrentHashMap.newKeySet();
        HttpServer losing = vertx.createHttpServer().requestHandler(request -> {
            if (asked.add(request.getHeader("Idempotency-Key"))) {
                request.connection().close();
            } else {
                request.response().setStatusCode(refusal).end();
            }
        });
        LoadDriver driver = driver(Patience.await(losing.listen(0, "127.0.0.1")).actualPort(), 2);
        Patience.await(vertx.deployVerticle(driver));
        assertThat(driver.await(Duration.ofMinutes(10))).isTrue();
        assertThat(log.all()).hasSize(REQUESTS).allMatch(sent -> sent.answer() == Answer.NONE);
    }

    /** Some are asked again with their key when all are over, and nobody may learn of another message. */
    @Test
    void anEngineThatTakesARequestTwiceAnswersItOtherwise() throws ScenarioInvalid {
        AtomicInteger ids = new AtomicInteger();
        Map<String, String> known = new ConcurrentHashMap<>();
        assertThat(repeated(key -> known.computeIfAbsent(key, first -> "msg_" + ids.incrementAndGet())))
                .isZero();
        assertThat(log.repeated()).isEqualTo(20);
        assertThat(repeated(key -> "msg_" + ids.incrementAndGet())).isEqualTo(20);
        assertThat(log.all()).as("what is repeated is no request of the load").hasSize(2 * REQUESTS);
    }

    /** Sends to an engine that gives such an id for a key; how often it gave another later. */
    private long repeated(UnaryOperator<String> id) throws ScenarioInvalid {
        HttpServer taking = vertx.createHttpServer()
                .requestHandler(request -> request.response()
                        .setStatusCode(202)
                        .end("{\"id\": \"%s\"}".formatted(id.apply(request.getHeader("Idempotency-Key")))));
        LoadDriver driver = driver(Patience.await(taking.listen(0, "127.0.0.1")).actualPort(), 1);
        Patience.await(vertx.deployVerticle(driver));
        assertThat(driver.await(Duration.ofMinutes(5))).isTrue();
        return log.otherwise();
    }

    /** Who asks when one of them arrived is told when the first of them did. */
    @Test
    void onlyASingleSendWhoseContentNothingElseHasCanBeTraced() throws ScenarioInvalid {
        HttpServer taking = vertx.createHttpServer()
                .requestHandler(request -> request.response().setStatusCode(202).end("{\"id\": \"msg_1\"}"));
        int port = Patience.await(taking.listen(0, "127.0.0.1")).actualPort();
        LoadDriver driver = driver(port, 1, """
                name: traces
                description: {en: x, zh: x}
                tenants:
                  - {name: one, tier: standard}
                load:
                  - {kind: singles, tenants: one, untilSeconds: 1, perSecond: 10, priority: critical}
                  - {kind: singles, tenants: one, untilSeconds: 1, perSecond: 10, priority: transactional, content: alert}
                  - {kind: singles, tenants: one, untilSeconds: 1, perSecond: 10, priority: bulk, content: alert}
                """);
        Patience.await(vertx.deployVerticle(driver));
        assertThat(driver.await(Duration.ofMinutes(5))).isTrue();
        assertThat(log.all())
                .hasSize(30)
                .allMatch(sent -> sent.traceable() == (sent.load().priority() == PriorityClass.CRITICAL));
    }

    /** Sends until it is enough and gives up: every request was made, and none counts as answered. */
    private void assertNobodyAnswers(int port, BooleanSupplier enough) throws ScenarioInvalid {
        LoadDriver driver = driver(port, Integer.MAX_VALUE);
        Patience.await(vertx.deployVerticle(driver));
        assertThat(Patience.until(Duration.ofMinutes(5), enough)).isTrue();
        assertThat(driver.await(Duration.ZERO)).isFalse();
        assertThat(log.all()).hasSize(REQUESTS).allMatch(sent -> sent.answer() == Answer.NONE);
    }

    /** As fast as it is read. */
    private static void flood(HttpServerResponse response) {
        response.write(Buffer.buffer(new byte[65_536])).onSuccess(written -> flood(response));
    }

    private LoadDriver driver(int port, int attempts) throws ScenarioInvalid {
        return driver(port, attempts, AT_ONCE);
    }

    private LoadDriver driver(int port, int attempts, String yaml) throws ScenarioInvalid {
        Scenario scenario = ScenarioFile.parse(yaml);
        LoadTenant tenant = new LoadTenant(
                scenario.tenants().getFirst(),
                "one",
                1,
                1,
                "corp",
                List.of(new LoadTenant.Channel(1, "work", "app", "")),
                "key",
                "user");
        URI engine = URI.create("http://127.0.0.1:" + port);
        return new LoadDriver(scenario, "run", List.of(tenant), List.of(engine), attempts, System.nanoTime(), log, 20);
    }
}
