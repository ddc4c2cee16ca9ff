package dev.sluice.engine.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.EngineMain;
import dev.sluice.engine.embedded.Signals;
import dev.sluice.engine.secret.MasterKeys;
import dev.sluice.engine.testkit.PostgresExtension;
import dev.sluice.engine.testkit.TestDatabase;
import dev.sluice.engine.testkit.TestWaiting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A node with embedded stores, as a process of its own. */
@ExtendWith(PostgresExtension.class)
class EmbeddedNodeTest {
    @TempDir
    private Path directory;

    private Process node;

    @AfterEach
    void endAll() throws InterruptedException {
        ours().forEach(ProcessHandle::destroyForcibly);
        node.destroyForcibly().waitFor();
    }

    @ParameterizedTest
    @ValueSource(strings = {"postgres/data/postmaster.pid", "redis/redis.pid"})
    void aNodeThatIsAskedToEndWhileItStartsLeavesNothingRunning(String reached) throws Exception {
        start();
        await(() -> Files.exists(directory.resolve("data").resolve(reached)), reached);

        node.destroy();

        assertThat(node.waitFor(TestWaiting.PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .isTrue();
        await(() -> ours().isEmpty(), "the end of " + ours());
    }

    @Test
    void aNodeWhoseEmbeddedStoreEndsEndsTooAndSaysSo() throws Exception {
        start();
        await(() -> said().contains(" runs: "), "the node");
        String pid = Files.readAllLines(directory.resolve("data/postgres/data/postmaster.pid"))
                .getFirst();

        Signals.send(ProcessHandle.of(Long.parseLong(pid.strip())).orElseThrow(), "INT");

        assertThat(node.waitFor(TestWaiting.PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .isTrue();
        assertThat(node.exitValue()).isEqualTo(3);
        assertThat(said()).contains("Sluice ends, and goes on when it is started again: the embedded ", "its log: ");
        await(() -> ours().isEmpty(), "the end of " + ours());
    }

    /** As a migration that waits for a lock does: it reads from a socket, which no interrupt ends. */
    @Test
    void aStartThatCannotGiveUpEndsWithTheProcess(TestDatabase database) throws Exception {
        MasterKeys.read(directory.resolve("master.key"), true);
        try (Connection other = database.connect();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("LOCK TABLE flyway_schema_history");
            start(Map.of(
                    "SLUICE_POSTGRES_URI",
                    database.uri(),
                    "SLUICE_REDIS_URI",
                    "redis://127.0.0.1:1",
                    "SLUICE_POSTGRES_MIGRATE",
                    "true",
                    "SLUICE_SECURITY_MASTER_KEY_FILE",
                    directory.resolve("master.key").toString(),
                    "SLUICE_NODE_STOP_MILLIS",
                    "200"));
            await(() -> database.number("SELECT count(*) FROM pg_locks WHERE NOT granted") > 0, "the migration");

            node.destroy();

            assertThat(node.waitFor(TestWaiting.PATIENCE.toSeconds(), TimeUnit.SECONDS))
                    .isTrue();
        }
        assertThat(node.exitValue()).isEqualTo(1);
        assertThat(said()).contains("Sluice ends while it starts", "within 200 ms");
    }

    @Test
    void aNodeWithAPostgresOfItsOwnersStartsNoRedisThatOtherNodesWouldNotHave(TestDatabase database) throws Exception {
        MasterKeys.read(directory.resolve("master.key"), true);
        start(Map.of(
                "SLUICE_POSTGRES_URI",
                database.uri(),
                "SLUICE_SECURITY_MASTER_KEY_FILE",
                directory.resolve("master.key").toString()));

        assertThat(node.waitFor(TestWaiting.PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .isTrue();
        assertThat(node.exitValue()).isEqualTo(2);
        assertThat(said()).contains("redis.uri must be set when postgres.uri is");
        assertThat(directory.resolve("data/redis")).doesNotExist();
    }

    private void start() throws IOException {
        start(Map.of());
    }

    private void start(Map<String, String> environment) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                // As shipped: the tests' own keeps the line that says that the node runs to itself.
                "-Dlogback.configurationFile=logback.xml",
                "-cp",
                System.getProperty("java.class.path"),
                EngineMain.class.getName());
        builder.environment()
                .putAll(Map.of(
                        "SLUICE_DATA_DIRECTORY", directory.resolve("data").toString(),
                        "SLUICE_HTTP_PORT", "0",
                        "SLUICE_ADMIN_PORT", "0",
                        "SLUICE_METRICS_PORT", "0"));
        builder.environment().putAll(environment);
        node = builder.redirectErrorStream(true)
                .redirectOutput(directory.resolve("said").toFile())
                .start();
    }

    /** Servers, and programs that make them, that work below our directory. */
    private List<ProcessHandle> ours() {
        return ProcessHandle.allProcesses()
                .filter(process -> process.pid() != node.pid())
                .filter(process -> process.info()
                        .commandLine()
                        .map(line -> line.contains(directory.toString()))
                        .orElse(false))
                .toList();
    }

    private String said() {
        try {
            return Files.readString(directory.resolve("said"));
        } catch (IOException notYet) {
            return "";
        }
    }

    private void await(java.util.function.BooleanSupplier condition, String what) {
        TestWaiting.until(
                TestWaiting.PATIENCE, condition, () -> "waited in vain for " + what + "; the node said: " + said());
    }
}
