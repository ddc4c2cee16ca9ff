package dev.sluice.engine.embedded;

import io.vertx.pgclient.PgConnectOptions;
import java.io.IOException;
import java.nio.file.Path;

/**
 * The stores of an installation without configuration: a real Postgres and a real Redis as child processes, their data in one directory that survives restarts.
 * Each of the two only when asked for. One process at a time holds the directory. After a kill of that process the next one ends the servers it left behind and
 * starts them again. All calls block.
 */
public final class EmbeddedStores implements AutoCloseable {
    private static final String DATABASE = "sluice";

    private final DataDirectory directory;
    private PostgresServer postgres;
    private RedisServer redis;

    private EmbeddedStores(DataDirectory directory) {
        this.directory = directory;
    }

    /** Takes the directory; nothing runs yet. Throws when another process has it. */
    public static EmbeddedStores in(Path directory) throws IOException {
        return new EmbeddedStores(DataDirectory.hold(directory));
    }

    /** Starts Postgres and answers where it is. */
    public PgConnectOptions startPostgres() throws IOException {
        postgres = new PostgresServer(directory.resolve("postgres"), directory.resolve("bin"), LoopbackPort.free());
        postgres.start();
        postgres.ensureDatabase(DATABASE);
        return postgres.options(DATABASE);
    }

    /** Starts Redis and answers where it is, with the password. */
    public String startRedis() throws IOException {
        redis = new RedisServer(directory.resolve("redis"), LoopbackPort.free());
        redis.start();
        return redis.uri();
    }

    /** Ends what was started, Redis first, and gives the directory back. */
    @Override
    public void close() throws IOException {
        if (redis != null) {
            redis.close();
        }
        if (postgres != null) {
            postgres.close();
        }
        directory.close();
    }
}
