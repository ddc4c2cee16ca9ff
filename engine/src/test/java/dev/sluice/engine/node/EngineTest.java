package dev.sluice.engine.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.sluice.engine.config.EngineConfig;
import dev.sluice.engine.config.EngineConfigFile;
import dev.sluice.engine.embedded.LoopbackPort;
import dev.sluice.engine.testkit.PostgresExtension;
import dev.sluice.engine.testkit.RedisExtension;
import dev.sluice.engine.testkit.TestDatabase;
import dev.sluice.engine.testkit.TestRedis;
import dev.sluice.engine.testkit.TestWaiting;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

@ExtendWith({PostgresExtension.class, RedisExtension.class})
class EngineTest {
    private final List<String> events = new ArrayList<>();
    private TestDatabase database;
    private TestRedis redis;

    @TempDir
    private Path directory;

    @BeforeEach
    void stores(TestDatabase database, TestRedis redis) {
        this.database = database;
        this.redis = redis;
    }

    @Test
    void partsStartInOrderAndStopInReverse() throws IOException {
        try (Engine engine = Engine.start(config(Map.of()), node -> List.of(part("first"), part("second")))) {
            assertThat(engine).isNotNull();
            assertThat(events).containsExactly("first starts", "second starts");
        }
        assertThat(events).endsWith("second stops", "first stops");
    }

    @Test
    void aPartThatDoesNotStartIsNamedAndThoseBeforeItAreStopped() {
        EnginePart broken = EnginePart.of("gate keeper", () -> Future.failedFuture("no key"), Checks::nothing);
        assertThatThrownBy(() -> Engine.start(config(Map.of()), node -> List.of(part("first"), broken)))
                .isInstanceOf(StartFailure.class)
                .hasMessage("the gate keeper did not start: no key");
        assertThat(events).containsExactly("first starts", "first stops");
    }

    @Test
    void healthAndMetricsAreServedOnTheirOwnPort() throws Exception {
        int port = LoopbackPort.free();
        EngineConfig config = config(Map.of("SLUICE_METRICS_PORT", Integer.toString(port)));
        try (Engine engine = Engine.start(config, StandardParts::of)) {
            assertThat(engine).isNotNull();
            TestWaiting.until(TestWaiting.PATIENCE, () -> status(port) == 200, () -> "not ready");
            assertThat(get(port, "/health/live").statusCode()).isEqualTo(200);
            assertThat(get(port, "/metrics").body())
                    .contains("sluice_node_ready 1.0", "sluice_node_leased 1.0")
                    .containsPattern("sluice_calls_in_flight_bound\\{instance=\"0\"} [1-9]");
            database.freeze();
            assertThat(get(port, "/health/ready").statusCode()).isEqualTo(503);
            TestWaiting.until(
                    TestWaiting.PATIENCE,
                    () -> metrics(port).contains("sluice_node_leased 0.0"),
                    () -> "no alert hears that Postgres is frozen");
            database.thaw();
        }
    }

    @Test
    void aNodeWhoseQuestionsTakeAllConnectionsStaysInService() throws Exception {
        int port = LoopbackPort.free();
        EngineConfig config =
                config(Map.of("SLUICE_METRICS_PORT", Integer.toString(port), "SLUICE_POSTGRES_POOL_SIZE", "2"));
        AtomicReference<NodeParts> shared = new AtomicReference<>();
        try (Engine engine = Engine.start(config, node -> {
            shared.set(node);
            return StandardParts.of(node);
        })) {
            assertThat(engine).isNotNull();
            SqlConnection one = TestWaiting.await(shared.get().pool().getConnection());
            SqlConnection other = TestWaiting.await(shared.get().pool().getConnection());
            assertThat(status(port)).isEqualTo(200);
            TestWaiting.await(one.close());
            TestWaiting.await(other.close());
        }
    }

    /** Whoever reaches the port may ask, and could take the node out of service by asking often. */
    @Test
    void aNodeStaysInServiceHoweverManyAskForItsHealth() throws IOException {
        AtomicReference<NodeParts> shared = new AtomicReference<>();
        try (Engine engine = Engine.start(config(Map.of()), node -> {
            shared.set(node);
            return List.of();
        })) {
            assertThat(engine).isNotNull();
            List<Future<Optional<String>>> answers = Stream.generate(
                            () -> shared.get().readiness().trouble())
                    .limit(1_000)
                    .toList();
            TestWaiting.await(Future.all(answers));
            assertThat(answers).allMatch(answer -> answer.result().isEmpty());
        }
    }

    @Test
    void whatWaitsForAPersonCanBeWatched() throws Exception {
        database.execute("""
                INSERT INTO tenant (id, name) OVERRIDING SYSTEM VALUE VALUES (1, 't');
                INSERT INTO organisation (id, tenant_id, platform, corp_id, name) OVERRIDING SYSTEM VALUE VALUES (1, 1, 'dingtalk', 'c', 'o');
                INSERT INTO organisation_profile (organisation_id, effective_from, profile) VALUES (1, '2020-01-01', 'standard');
                INSERT INTO app (id, tenant_id, organisation_id, name, app_key, agent_id, secrets_cipher)
                  OVERRIDING SYSTEM VALUE VALUES (1, 1, 1, 'a', 'k', 1, 'sealed with a key that nobody has');
                INSERT INTO channel (tenant_id, app_id, kind, name) VALUES (1, 1, 'dingtalk-work', 'hr'), (1, 1, 'dingtalk-robot', 'bot');
                INSERT INTO submission (tenant_id, id, channel_id, priority, state, content, content_hash, total, in_doubt)
                  SELECT 1, sluice_id_floor(now()) + n, 1, 2, 4, '{}', gen_random_uuid(), 5, n FROM generate_series(0, 3) n
                """);
        int port = LoopbackPort.free();
        EngineConfig config = config(Map.of("SLUICE_METRICS_PORT", Integer.toString(port), "SLUICE_HTTP_PORT", "0"));
        try (Engine engine = Engine.start(config, StandardParts::of)) {
            assertThat(engine).isNotNull();
            assertThat(get(port, "/metrics").body())
                    .contains("sluice_channels_paused 2.0", "sluice_people_in_doubt 6.0");
        }
    }

    @Test
    void aPlatformBehindAnUnencryptedAddressIsCalledWhereThatIsAllowed() throws IOException {
        EngineConfig config = config(Map.of(
                "SLUICE_HTTP_PORT", "0",
                "SLUICE_PLATFORMS_ALLOW_PLAINTEXT", "true",
                "SLUICE_PLATFORMS_DINGTALK_OAPI_BASE_URL", "http://simulator.test:8790",
                "SLUICE_PLATFORMS_DINGTALK_API_BASE_URL", "http://simulator.test:8790"));
        try (Engine engine = Engine.start(config, StandardParts::of)) {
            assertThat(engine).isNotNull();
        }
    }

    @Test
    void aPortThatAnotherProgramTookMeanwhileIsNamedWithWhatToSet() throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            EngineConfig config = config(Map.of("SLUICE_METRICS_PORT", Integer.toString(other.getLocalPort())));
            assertThatThrownBy(() -> Engine.start(config, StandardParts::of))
                    .isInstanceOf(StartFailure.class)
                    .hasMessage("127.0.0.1:%d is taken: set metrics.port or SLUICE_METRICS_PORT"
                            .formatted(other.getLocalPort()));
        }
    }

    @Test
    void aSchemaThatIsOlderThanTheBuildIsRefusedWithWhatToDo() {
        database.unmigrate();
        assertThatThrownBy(() -> Engine.start(config(Map.of()), node -> List.of()))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("./sluice migrate");
    }

    @Test
    void aSchemaThatIsNewerThanTheBuildIsServedWithAWarning() throws IOException {
        database.execute("""
                INSERT INTO flyway_schema_history (installed_rank, version, description, type, script, checksum, installed_by, execution_time, success)
                SELECT max(installed_rank) + 1, '9999', 'of tomorrow', 'SQL', 'V9999__of_tomorrow.sql', 1, 'test', 1, true FROM flyway_schema_history
                """);
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        Logger log = (Logger) LoggerFactory.getLogger(NodeStores.class);
        log.addAppender(lines);
        lines.start();
        try (Engine engine = Engine.start(config(Map.of()), node -> List.of())) {
            assertThat(engine).isNotNull();
        } finally {
            log.detachAppender(lines);
        }
        assertThat(lines.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .anyMatch(line -> line.startsWith(
                        "A newer build has migrated the database: this one does not know 1 of its migrations"));
    }

    @Test
    void aMasterKeyThatIsMissingIsNotMadeBesideAPostgresOfOnesOwnButAskedFor() throws IOException {
        EngineConfig config = config(Map.of());
        Files.delete(config.security().masterKeyFile());
        assertThatThrownBy(() -> Engine.start(config, node -> List.of()))
                .isInstanceOf(StartFailure.class)
                .hasMessageStartingWith(
                        "security.masterKeyFile " + config.security().masterKeyFile() + " is not there")
                .hasMessageContaining("copy it from another node");
    }

    @Test
    void aRedisThatIsJustStartingIsWaitedFor() throws Exception {
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        Logger log = (Logger) LoggerFactory.getLogger(Engine.class);
        log.addAppender(lines);
        log.setLevel(Level.INFO);
        lines.start();
        EngineConfig config = config(Map.of());
        redis.stop();
        CompletableFuture<Engine> started =
                CompletableFuture.supplyAsync(() -> Engine.start(config, node -> List.of()));
        TestWaiting.until(
                TestWaiting.PATIENCE,
                () -> List.copyOf(lines.list).stream()
                        .anyMatch(line -> line.getFormattedMessage().contains("is not reachable")),
                () -> "nothing is said of Redis");
        redis.start();
        started.get(1, TimeUnit.MINUTES).close();
        log.setLevel(null);
        log.detachAppender(lines);
    }

    @Test
    void aRedisThatDoesNotLetTheNodeInIsNamedWithWhatToCheck() throws IOException {
        String wrong = redis.uri().replaceFirst(":[^:@/]*@", ":wrong@");
        EngineConfig config = config(Map.of("SLUICE_REDIS_URI", wrong));
        assertThatThrownBy(() -> Engine.start(config, node -> List.of()))
                .isInstanceOf(StartFailure.class)
                .hasMessageMatching(
                        "Redis at 127.0.0.1:\\d+ refuses us \\(.+\\): check user and password in redis.uri.*");
    }

    private EnginePart part(String name) {
        return EnginePart.of(name, () -> noted(name + " starts"), () -> noted(name + " stops"));
    }

    private Future<?> noted(String event) {
        events.add(event);
        return Future.succeededFuture();
    }

    private EngineConfig config(Map<String, String> environment) throws IOException {
        Path key = directory.resolve("master.key");
        dev.sluice.engine.secret.MasterKeys.read(key, true);
        String yaml = """
                dataDirectory: %s
                postgres: {uri: "%s"}
                redis: {uri: "%s", keyPrefix: "%s"}
                metrics: {port: 0}
                security: {masterKeyFile: %s}
                """.formatted(directory, database.uri(), redis.uri(), redis.keyPrefix(), key);
        return EngineConfigFile.parse(yaml, environment);
    }

    private static int status(int port) {
        try {
            return get(port, "/health/ready").statusCode();
        } catch (IOException | InterruptedException broken) {
            throw new IllegalStateException(broken);
        }
    }

    private static String metrics(int port) {
        try {
            return get(port, "/metrics").body();
        } catch (IOException | InterruptedException broken) {
            throw new IllegalStateException(broken);
        }
    }

    private static HttpResponse<String> get(int port, String path) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }
}
