package dev.sluice.loadtest.bench.stage;

import dev.sluice.engine.embedded.DirectoryTree;
import dev.sluice.engine.embedded.EmbeddedStores;
import dev.sluice.engine.embedded.PostgresPrograms;
import dev.sluice.engine.store.JdbcAddress;
import dev.sluice.loadtest.terminal.StopAtExit;
import io.vertx.pgclient.PgConnectOptions;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * The one Postgres and the one Redis that everything measured in one part shares: our nodes, the bare pieces and the peers.
 *
 * @param postgres where Postgres is
 * @param redisUri where Redis is, with its password
 * @param atExit ends both, should the process end first
 */
public record BenchStores(EmbeddedStores servers, PgConnectOptions postgres, String redisUri, StopAtExit atExit)
        implements AutoCloseable {
    /** Starts both, with their data below a directory. Blocks. */
    static BenchStores start(Path data, PostgresPrograms programs) throws IOException {
        EmbeddedStores servers = EmbeddedStores.in(data, programs);
        StopAtExit atExit = StopAtExit.of("bench-stop", () -> endAndForget(servers, data));
        return new BenchStores(servers, servers.startPostgres(), servers.startRedis(), atExit);
    }

    /** The same with a Postgres that counts statements, which costs it a little. */
    static BenchStores startCounting(Path data, PostgresPrograms programs) throws IOException {
        try (BenchStores plain = start(data, programs)) {
            execute(plain, "ALTER SYSTEM SET shared_preload_libraries = 'pg_stat_statements'");
        }
        BenchStores counting = start(data, programs);
        execute(counting, "CREATE EXTENSION pg_stat_statements");
        return counting;
    }

    private static void execute(BenchStores stores, String sql) {
        JdbcAddress address = stores.jdbc();
        try (Connection connection = DriverManager.getConnection(address.url(), address.user(), address.password());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException refused) {
            stores.close();
            throw new IllegalStateException("Postgres cannot count statements: " + refused.getMessage(), refused);
        }
    }

    /** As a node's configuration wants it. */
    String postgresUri() {
        return "postgresql://%s:%s@%s:%d/%s"
                .formatted(
                        postgres.getUser(),
                        URLEncoder.encode(postgres.getPassword(), StandardCharsets.UTF_8),
                        postgres.getHost(),
                        postgres.getPort(),
                        postgres.getDatabase());
    }

    /** As a JDBC driver wants it. */
    public JdbcAddress jdbc() {
        return JdbcAddress.of(postgres);
    }

    @Override
    public void close() {
        try {
            servers.close();
        } catch (IOException stillThere) {
            throw new IllegalStateException("the embedded stores did not end in order", stillThere);
        }
        atExit.disarm();
    }

    private static void endAndForget(EmbeddedStores servers, Path data) {
        try {
            servers.close();
            DirectoryTree.delete(data);
        } catch (IOException alreadyGoing) {
            // The benchmark ends as well, and does the same.
        }
    }
}
