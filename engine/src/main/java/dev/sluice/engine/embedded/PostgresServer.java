package dev.sluice.engine.embedded;

import com.sun.management.OperatingSystemMXBean;
import dev.sluice.engine.store.JdbcAddress;
import io.vertx.pgclient.PgConnectOptions;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A real Postgres as a child process on loopback, with durable commits. Its cluster lives in {@code data} below its directory and survives restarts and
 * crashes. Not thread-safe; calls block.
 */
public final class PostgresServer implements AutoCloseable {
    private static final String USER = "sluice";
    /** A crash recovery reads the log since the last checkpoint: seconds, minutes at worst. */
    private static final Duration START_LIMIT = Duration.ofMinutes(5);

    private static final Duration INIT_LIMIT = Duration.ofMinutes(2);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(60);

    private final Path directory;
    private final PostgresPrograms programs;
    private final int port;
    private String password;
    private Process process;

    /**
     * @param directory where its cluster, password and logs are; made when missing
     * @param programs what runs; the cluster stays with the major version that made it
     * @param port on 127.0.0.1
     */
    public PostgresServer(Path directory, PostgresPrograms programs, int port) {
        this.directory = directory.toAbsolutePath();
        this.programs = programs;
        this.port = port;
    }

    /** Starts it, making the cluster on first use and ending a server that an earlier process left behind. Returns when it takes connections. */
    public void start() throws IOException {
        Files.createDirectories(directory);
        Path bin = programs.bin();
        password = SecretFile.readOrCreate(directory.resolve("password"));
        initialise(bin);
        PostmasterPid.of(data()).endLeftBehind(STOP_LIMIT);
        process = launch(serverCommand(bin), log());
        Await.until(START_LIMIT, "Postgres to take connections (its log: " + log() + ")", this::takesConnections);
    }

    /** Ends it after a checkpoint; open connections are closed. */
    @Override
    public void close() {
        if (process == null) {
            return;
        }
        PostmasterPid.fastStop(process.toHandle(), STOP_LIMIT);
        process = null;
    }

    /** Kills all its processes at once, as a crash would; the next start recovers what was committed. Returns when they are gone. */
    public void kill() {
        if (process == null) {
            return;
        }
        // One that is stopped starts no further ones while they are counted.
        Signals.send(handle(), "STOP");
        List<ProcessHandle> all =
                Stream.concat(process.descendants(), Stream.of(handle())).toList();
        all.forEach(ProcessHandle::destroyForcibly);
        all.forEach(one -> one.onExit().join());
        process = null;
    }

    /** The process, for those who signal it. */
    public ProcessHandle handle() {
        return process.toHandle();
    }

    /** Where to connect. */
    public PgConnectOptions options(String database) {
        return new PgConnectOptions()
                .setHost("127.0.0.1")
                .setPort(port)
                .setUser(USER)
                .setPassword(password)
                .setDatabase(database);
    }

    /** Makes the database when it is missing. */
    public void ensureDatabase(String database) throws IOException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            String exists = "SELECT 1 FROM pg_database WHERE datname = '" + database + "'";
            if (!statement.executeQuery(exists).next()) {
                statement.execute("CREATE DATABASE " + database);
            }
        } catch (SQLException e) {
            throw new IOException("cannot make the database " + database + ": " + e.getMessage(), e);
        }
    }

    /** A connection to the server's own database. */
    public Connection connect() throws SQLException {
        JdbcAddress address = JdbcAddress.of(options("postgres"));
        return DriverManager.getConnection(address.url(), address.user(), address.password());
    }

    /** In a directory of another name until it is complete, so that a crash leaves no half cluster. */
    private void initialise(Path bin) throws IOException {
        if (Files.exists(data())) {
            return;
        }
        Path unfinished = directory.resolve("data.unfinished");
        DirectoryTree.delete(unfinished);
        List<String> command = List.of(
                bin.resolve("initdb").toString(),
                "--pgdata=" + unfinished,
                "--username=" + USER,
                "--pwfile=" + directory.resolve("password"),
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale=C");
        Process initdb = launch(Privileges.notRoot(command), directory.resolve("initdb.log"));
        try {
            Await.until(INIT_LIMIT, "initdb", () -> !initdb.isAlive());
        } finally {
            initdb.destroy();
        }
        if (initdb.exitValue() != 0) {
            throw new IOException("initdb failed with code %d; its log: %s. %s"
                    .formatted(
                            initdb.exitValue(),
                            directory.resolve("initdb.log"),
                            "Or set postgres.uri to a server of your own."));
        }
        Files.move(unfinished, data(), StandardCopyOption.ATOMIC_MOVE);
    }

    private List<String> serverCommand(Path bin) {
        List<String> command = new ArrayList<>(List.of(bin.resolve("postgres").toString(), "-D", data().toString()));
        PostgresSettings.of(port, memoryBytes())
                .forEach((name, value) -> command.addAll(List.of("-c", name + "=" + value)));
        return Privileges.ownSession(Privileges.notRoot(command));
    }

    private static long memoryBytes() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
    }

    private Process launch(List<String> command, Path log) throws IOException {
        return new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
    }

    private boolean takesConnections() throws IOException {
        if (!process.isAlive()) {
            throw new IOException("Postgres ended with code " + process.exitValue() + "; its log: " + log());
        }
        try (Connection connection = connect()) {
            return connection.isValid(1);
        } catch (SQLException notYet) {
            return false;
        }
    }

    private Path data() {
        return directory.resolve("data");
    }

    /** Where it says what it does, once it runs. */
    Path logs() {
        return directory.resolve("log");
    }

    private Path log() {
        return directory.resolve("postgres.log");
    }
}
