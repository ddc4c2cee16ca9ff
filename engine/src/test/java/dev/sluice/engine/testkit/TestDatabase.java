package dev.sluice.engine.testkit;

import dev.sluice.engine.embedded.Signals;
import dev.sluice.engine.store.JdbcAddress;
import dev.sluice.engine.store.PgPools;
import dev.sluice.engine.store.PgTimeouts;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/** A test's own database with the current schema, dropped at its end together with the pools taken from here. Blocking methods are for JUnit's thread. */
public final class TestDatabase implements AutoCloseable {
    private static final AtomicInteger NUMBERS = new AtomicInteger();
    private static final int POOL_SIZE = 8;
    private static final int POOL_WAITING = 1_000;
    private static final long CLOSE_SECONDS = 60;

    private final PostgresTestServer server;
    private final String name;
    private final List<Pool> pools = new ArrayList<>();
    /** For the many small questions of a test; a connection each would take longer than the answers. */
    private Connection shared;

    private TestDatabase(PostgresTestServer server) {
        this.server = server;
        this.name = "test_" + NUMBERS.incrementAndGet();
    }

    static TestDatabase create(PostgresTestServer server) {
        TestDatabase database = new TestDatabase(server);
        server.create(database.name);
        return database;
    }

    /** Where it is. */
    public PgConnectOptions connectOptions() {
        return server.options(name);
    }

    /** Where it is, for JDBC and migrations. */
    public JdbcAddress jdbcAddress() {
        return JdbcAddress.of(connectOptions());
    }

    /** Where it is, as {@code postgres.uri} in the configuration. */
    public String uri() {
        PgConnectOptions options = connectOptions();
        return "postgresql://%s:%s@%s:%d/%s"
                .formatted(
                        options.getUser(),
                        URLEncoder.encode(options.getPassword(), StandardCharsets.UTF_8),
                        options.getHost(),
                        options.getPort(),
                        name);
    }

    /** A pool as in production, closed with the database. */
    public Pool pool(Vertx vertx) {
        Pool pool = PgPools.create(vertx, connectOptions(), PgTimeouts.STANDARD, name, POOL_SIZE, POOL_WAITING);
        pools.add(pool);
        return pool;
    }

    /** A blocking connection; the caller closes it. */
    public Connection connect() throws SQLException {
        JdbcAddress address = jdbcAddress();
        return DriverManager.getConnection(address.url(), address.user(), address.password());
    }

    synchronized Connection shared() throws SQLException {
        if (shared == null || !shared.isValid(1)) {
            shared = connect();
        }
        return shared;
    }

    /** Runs statements, separated by semicolons. */
    public synchronized void execute(String sql) {
        try (Statement statement = shared().createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /** The single number that a query answers. */
    public long number(String sql) {
        return Long.parseLong(text(sql));
    }

    /** The single value that a query answers, as text; null when it is NULL. */
    public synchronized String text(String sql) {
        try (Statement statement = shared().createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            if (!rows.next()) {
                throw new IllegalStateException("no row: " + sql);
            }
            return rows.getString(1);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /** Postgres keeps its connections and answers nothing, for every test of the JVM until {@link #thaw} (SIGSTOP of all its processes). */
    public void freeze() {
        signalAll("STOP");
    }

    /** It goes on (SIGCONT). */
    public void thaw() {
        signalAll("CONT");
    }

    /** Restarts Postgres under every test of the JVM. */
    public void restartServer() {
        server.restart();
    }

    /** Ends every connection to this database, as a restart of Postgres does. */
    public void resetConnections() {
        number("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = '" + name
                + "' AND pid <> pg_backend_pid()");
    }

    private void signalAll(String signal) {
        Signals.send(server.process(), signal);
        server.process().descendants().forEach(backend -> Signals.send(backend, signal));
    }

    /** Empties the database entirely: no schema, no migration history. */
    public void unmigrate() {
        server.drop(name);
        server.createEmpty(name);
    }

    @Override
    public void close() {
        thaw();
        for (Pool pool : pools) {
            try {
                pool.close().await(CLOSE_SECONDS, TimeUnit.SECONDS);
            } catch (TimeoutException e) {
                throw new IllegalStateException("a pool of " + name + " does not close", e);
            }
        }
        server.drop(name);
    }
}
