package dev.sluice.engine.testkit;

import dev.sluice.engine.embedded.DirectoryTree;
import dev.sluice.engine.embedded.LoopbackPort;
import dev.sluice.engine.embedded.PostgresPrograms;
import dev.sluice.engine.embedded.PostgresServer;
import dev.sluice.engine.store.JdbcAddress;
import dev.sluice.engine.store.Migrations;
import io.vertx.pgclient.PgConnectOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** The JVM's Postgres, with durable commits as in production, and one migrated database that the tests' databases are copied from. */
final class PostgresTestServer implements AutoCloseable {
    private static final String TEMPLATE = "sluice_template";
    /** Unpacked once per module and build. */
    private static final Path BINARIES = Path.of("target", "embedded-binaries");

    private final Path directory;
    private final PostgresServer postgres;
    private final Thread endAtExit = new Thread(this::end);

    private PostgresTestServer(Path directory) throws IOException {
        this.directory = directory;
        this.postgres = new PostgresServer(directory, PostgresPrograms.embedded(BINARIES), LoopbackPort.free());
    }

    static PostgresTestServer launch() {
        try {
            PostgresTestServer server = new PostgresTestServer(Files.createTempDirectory("sluice-test-postgres"));
            Runtime.getRuntime().addShutdownHook(server.endAtExit);
            server.postgres.start();
            server.createEmpty(TEMPLATE);
            Migrations.run(JdbcAddress.of(server.options(TEMPLATE)));
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void create(String database) {
        execute("CREATE DATABASE " + database + " TEMPLATE " + TEMPLATE);
    }

    void createEmpty(String database) {
        execute("CREATE DATABASE " + database);
    }

    void drop(String database) {
        execute("DROP DATABASE IF EXISTS " + database + " WITH (FORCE)");
    }

    PgConnectOptions options(String database) {
        return postgres.options(database);
    }

    /** Ends it as an administrator does and starts it again at the same address with its data. */
    void restart() {
        try {
            postgres.close();
            postgres.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    ProcessHandle process() {
        return postgres.handle();
    }

    @Override
    public void close() {
        end();
        Runtime.getRuntime().removeShutdownHook(endAtExit);
    }

    /** Ends it and leaves nothing behind. */
    private void end() {
        postgres.close();
        try {
            DirectoryTree.delete(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void execute(String sql) {
        try (Connection connection = postgres.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }
}
