package dev.sluice.engine.embedded;

import io.vertx.pgclient.PgConnectOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The stores of an installation without configuration: a real Postgres and a real Redis as child processes, their data in one directory that survives restarts.
 * Each of the two only when asked for. One that ends by itself is not started again here: what it needs, such as room on the disk, may take long to come back.
 * One process at a time holds the directory. After a kill of that process the next one ends the servers it left behind and starts them again. All calls block.
 */
public final class EmbeddedStores implements AutoCloseable {
    private static final String DATABASE = "sluice";

    private final DataDirectory directory;
    private final PostgresPrograms programs;
    private final CompletableFuture<String> lost = new CompletableFuture<>();
    private volatile boolean isClosing;
    private PostgresServer postgres;
    private RedisServer redis;

    private EmbeddedStores(DataDirectory directory, PostgresPrograms programs) {
        this.directory = directory;
        this.programs = programs;
    }

    /** Takes the directory; nothing runs yet. Throws when another process has it. */
    public static EmbeddedStores in(Path directory) throws IOException {
        return in(directory, PostgresPrograms.embedded(directory.resolve("bin")));
    }

    /** The same with a Postgres of somebody's choice. */
    public static EmbeddedStores in(Path directory, PostgresPrograms programs) throws IOException {
        return new EmbeddedStores(DataDirectory.hold(directory), programs);
    }

    /** Starts Postgres and answers where it is. */
    public PgConnectOptions startPostgres() throws IOException {
        postgres = new PostgresServer(directory.resolve("postgres"), programs, LoopbackPort.free());
        postgres.start();
        watch(postgres.handle(), "the embedded Postgres ended by itself; its log: " + postgres.logs());
        postgres.ensureDatabase(DATABASE);
        return postgres.options(DATABASE);
    }

    /** Starts Redis and answers where it is, with the password. */
    public String startRedis() throws IOException {
        redis = new RedisServer(directory.resolve("redis"), LoopbackPort.free());
        redis.start();
        watch(redis.handle(), "the embedded Redis ended by itself; its log: " + redis.log());
        return redis.uri();
    }

    /** Completes with what happened when a store ends though nobody closed it; never fails. */
    public CompletionStage<String> lost() {
        return lost.minimalCompletionStage();
    }

    private void watch(ProcessHandle server, String end) {
        server.onExit().thenAccept(gone -> {
            if (!isClosing) {
                lost.complete(end);
            }
        });
    }

    /** Ends what was started, Redis first, and gives the directory back. From any thread; a second time it does nothing. */
    @Override
    public synchronized void close() throws IOException {
        isClosing = true;
        if (redis != null) {
            redis.close();
        }
        if (postgres != null) {
            postgres.close();
        }
        directory.close();
    }
}
