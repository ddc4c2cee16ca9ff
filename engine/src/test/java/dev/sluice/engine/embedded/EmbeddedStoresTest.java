package dev.sluice.engine.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.engine.store.JdbcAddress;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedStoresTest {
    @TempDir
    Path directory;

    @Test
    void aKilledProcessLeavesNothingThatStopsTheNextOneAndNoCommittedRowIsLost() throws Exception {
        Process holder = startHolder();
        List<ProcessHandle> leftBehind = holder.descendants().toList();
        assertThat(leftBehind).hasSizeGreaterThanOrEqualTo(2);
        assertThatThrownBy(() -> EmbeddedStores.in(directory))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("in use by process " + holder.pid());

        holder.destroyForcibly().waitFor();

        try (EmbeddedStores stores = EmbeddedStores.in(directory)) {
            JdbcAddress address = JdbcAddress.of(stores.startPostgres());
            stores.startRedis();
            assertThat(keptWord(address)).isEqualTo("still here");
            assertThat(leftBehind).noneMatch(EmbeddedStoresTest::runs);
        }
    }

    @Test
    void aPidFileWhoseNumberBelongsToAnotherProgramIsNoObstacle() throws Exception {
        Path postgres = directory.resolve("postgres");
        try (EmbeddedStores stores = EmbeddedStores.in(directory)) {
            stores.startPostgres();
        }
        long ours = ProcessHandle.current().pid();
        Files.writeString(postgres.resolve("data/postmaster.pid"), ours + "\n" + postgres.resolve("data") + "\n");
        try (EmbeddedStores stores = EmbeddedStores.in(directory)) {
            assertThat(stores.startPostgres().getPort()).isPositive();
        }
    }

    @Test
    void whatWasCommittedIsThereAfterAllProcessesOfPostgresWereKilled() throws Exception {
        try (PostgresServer postgres = new PostgresServer(
                directory.resolve("postgres"),
                PostgresPrograms.embedded(directory.resolve("bin")),
                LoopbackPort.free())) {
            postgres.start();
            List<ProcessHandle> processes = Stream.concat(postgres.handle().descendants(), Stream.of(postgres.handle()))
                    .toList();
            try (Connection connection = postgres.connect();
                    Statement statement = connection.createStatement()) {
                statement.execute("CREATE TABLE kept AS SELECT 42 AS answer");
                statement.execute("BEGIN");
                statement.execute("INSERT INTO kept VALUES (43)");
                postgres.kill();
                postgres.kill();
            }
            assertThat(processes).noneMatch(ProcessHandle::isAlive);
            postgres.start();
            try (Connection connection = postgres.connect();
                    Statement statement = connection.createStatement();
                    ResultSet kept = statement.executeQuery("SELECT sum(answer) FROM kept")) {
                assertThat(kept.next()).isTrue();
                assertThat(kept.getInt(1)).isEqualTo(42);
            }
        }
    }

    @Test
    void serversOfSomebodyElseWhoseNumbersStandInOurPidFilesAreLeftAlone() throws Exception {
        Path others = directory.resolve("others");
        try (PostgresServer postgres = new PostgresServer(
                        others.resolve("postgres"),
                        PostgresPrograms.embedded(others.resolve("bin")),
                        LoopbackPort.free());
                RedisServer redis = new RedisServer(others.resolve("redis"), LoopbackPort.free())) {
            postgres.start();
            redis.start();
            Path ours = directory.resolve("ours");
            try (EmbeddedStores stores = EmbeddedStores.in(ours)) {
                stores.startPostgres();
                stores.startRedis();
            }
            Files.writeString(
                    ours.resolve("postgres/data/postmaster.pid"),
                    postgres.handle().pid() + "\n" + ours.resolve("postgres/data") + "\n");
            Files.writeString(
                    ours.resolve("redis/redis.pid"),
                    Long.toString(redis.handle().pid()));

            try (EmbeddedStores stores = EmbeddedStores.in(ours)) {
                stores.startPostgres();
                stores.startRedis();
            }

            assertThat(postgres.handle().isAlive()).isTrue();
            assertThat(redis.handle().isAlive()).isTrue();
        }
    }

    @Test
    void passwordsAreReadableByTheirOwnerOnlyAndAreAskedFor() throws Exception {
        try (EmbeddedStores stores = EmbeddedStores.in(directory)) {
            JdbcAddress address = JdbcAddress.of(stores.startPostgres());
            assertThatThrownBy(() -> DriverManager.getConnection(address.url(), address.user(), "guess"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("password");
            Path password = directory.resolve("postgres/password");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(password)))
                    .isEqualTo("rw-------");
        }
    }

    private Process startHolder() throws IOException {
        Process holder = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        StoresHolder.class.getName(),
                        directory.toString())
                .redirectErrorStream(true)
                .start();
        StringBuilder said = new StringBuilder();
        BufferedReader output = holder.inputReader();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            if (line.equals(StoresHolder.READY)) {
                return holder;
            }
            said.append(line).append('\n');
        }
        throw new AssertionError("the other process ended early and said: " + said);
    }

    /** A killed child of a container's first process may stay as an entry without a program. */
    private static boolean runs(ProcessHandle process) {
        return process.isAlive() && process.info().command().isPresent();
    }

    private static String keptWord(JdbcAddress address) throws SQLException {
        try (Connection connection = DriverManager.getConnection(address.url(), address.user(), address.password());
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT word FROM kept")) {
            assertThat(rows.next()).isTrue();
            return rows.getString(1);
        }
    }
}
