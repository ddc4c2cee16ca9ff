package dev.sluice.loadtest.load.stage;

import dev.sluice.admin.key.AdminKeys;
import dev.sluice.engine.embedded.DirectoryTree;
import dev.sluice.engine.embedded.LoopbackPort;
import dev.sluice.engine.embedded.PostgresPrograms;
import dev.sluice.engine.embedded.PostgresServer;
import dev.sluice.engine.embedded.RedisServer;
import dev.sluice.engine.redis.RedisClients;
import dev.sluice.engine.redis.RedisCommands;
import dev.sluice.engine.secret.MasterKeys;
import dev.sluice.engine.store.JdbcAddress;
import dev.sluice.engine.store.Migrations;
import dev.sluice.engine.store.PgPools;
import dev.sluice.engine.store.PgTimeouts;
import dev.sluice.loadtest.client.ApiClient;
import dev.sluice.loadtest.client.Patience;
import dev.sluice.loadtest.scenario.StageSpec;
import dev.sluice.simulator.Simulator;
import dev.sluice.simulator.SimulatorOptions;
import dev.sluice.simulator.fault.Effect;
import dev.sluice.simulator.fault.FaultRule;
import dev.sluice.simulator.fault.Latency;
import dev.sluice.simulator.settings.LimitSettings;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.sqlclient.Pool;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Postgres, Redis, the simulated platform and some nodes, each over real sockets on loopback. The stores can be stopped and nodes killed. May be closed from any
 * thread, more than once; its directory is gone then.
 */
public final class LoadStage implements AutoCloseable {
    private static final String DATABASE = "sluice";
    private static final String KEY_PREFIX = "sluice:";
    private static final long STOP_SECONDS = 60;
    /** Reading all deliveries of a large run back is one statement. */
    private static final PgTimeouts LONG_STATEMENTS = new PgTimeouts(2_000, 110_000, 115_000);

    private final Path directory;
    private final Vertx vertx = Vertx.vertx();
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final List<NodeProcess> nodes = new ArrayList<>();
    private PostgresServer postgres;
    private RedisServer redis;
    private RedisCommands redisCommands;
    private Simulator simulator;
    private Pool pool;
    private volatile boolean closed;

    /** An empty stage in a temporary directory. */
    public LoadStage() throws IOException {
        this.directory = Files.createTempDirectory("sluice-load");
    }

    /**
     * Starts everything and returns when all nodes take requests.
     *
     * @param classPath of this program, for the nodes
     */
    public synchronized void start(StageSpec spec, long seed, String classPath) throws IOException {
        if (closed) {
            return;
        }
        simulator = Patience.await(Simulator.start(
                vertx, SimulatorOptions.defaults().withLimits(limits(spec)).withSeed(seed)));
        slowDown(spec.platformLatency(), seed);
        startStores();
        NodeLaunch launch = new NodeLaunch(
                classPath,
                directory,
                uri(postgres.options(DATABASE)),
                redis.uri(),
                simulator.baseUri().toString(),
                spec.receiptAfterMillis(),
                http);
        for (int i = 1; i <= spec.nodes(); i++) {
            nodes.add(launch.node("node-" + i));
        }
        // One after the other: starting is what needs the processor most.
        nodes.forEach(node -> {
            node.start();
            node.awaitReady();
        });
    }

    private static LimitSettings limits(StageSpec spec) {
        LimitSettings limits = LimitSettings.defaults();
        limits.patch(spec.platformLimits());
        return limits;
    }

    /** Half of it on the way there, half on the way back. */
    private void slowDown(StageSpec.LatencyRange range, long seed) {
        if (range.toMillis() > 0) {
            Latency half = new Latency.Uniform(range.fromMillis() / 2, range.toMillis() / 2);
            simulator.faults().add(FaultRule.share(100, null, seed, new Effect.DelayBefore(half)));
            simulator.faults().add(FaultRule.share(100, null, seed + 1, new Effect.DelayAfter(half)));
        }
    }

    private void startStores() throws IOException {
        MasterKeys.read(directory.resolve("master.key"), true);
        postgres = new PostgresServer(
                directory.resolve("postgres"),
                PostgresPrograms.embedded(directory.resolve("bin")),
                LoopbackPort.free());
        postgres.start();
        postgres.ensureDatabase(DATABASE);
        Migrations.run(JdbcAddress.of(postgres.options(DATABASE)));
        redis = new RedisServer(directory.resolve("redis"), LoopbackPort.free());
        redis.start();
        redisCommands = new RedisCommands(
                RedisClients.pooled(vertx, redis.uri(), 1_000), KEY_PREFIX, RedisCommands.STANDARD_TIMEOUT_MILLIS);
        pool = PgPools.create(vertx, postgres.options(DATABASE), LONG_STATEMENTS, "load", 4, 1_000);
    }

    private static String uri(PgConnectOptions options) {
        return "postgresql://%s:%s@%s:%d/%s"
                .formatted(
                        options.getUser(),
                        URLEncoder.encode(options.getPassword(), StandardCharsets.UTF_8),
                        options.getHost(),
                        options.getPort(),
                        options.getDatabase());
    }

    /** The control plane of the first node, with a key of our own. */
    public ApiClient adminApi() {
        String key = Patience.await(new AdminKeys(pool, new SecureRandom()).create("load"))
                .reveal();
        return new ApiClient(http, nodes.getFirst().adminApi(), key);
    }

    /** The send API of a node as a tenant sees it. */
    public ApiClient sendApi(URI node, String key) {
        return new ApiClient(http, node, key);
    }

    /** The nodes in order. */
    public List<NodeProcess> nodes() {
        return List.copyOf(nodes);
    }

    /** The platform. */
    public Simulator simulator() {
        return simulator;
    }

    /** For reading rows. */
    public Pool pool() {
        return pool;
    }

    /** For reading what lanes say. */
    public RedisCommands redis() {
        return redisCommands;
    }

    /** For clients and for what runs beside the load. */
    public Vertx vertx() {
        return vertx;
    }

    /** Where files may be put. */
    public Path directory() {
        return directory;
    }

    /** FLUSHALL. */
    public void flushRedis() {
        Patience.await(redisCommands.send(Request.cmd(Command.FLUSHALL)));
    }

    /** Stops Postgres; connections end. */
    public void stopPostgres() {
        postgres.close();
    }

    /** Kills all processes of Postgres at once. */
    public void killPostgres() {
        postgres.kill();
    }

    /** Starts it again where it was. */
    public void startPostgres() {
        try {
            postgres.start();
        } catch (IOException e) {
            throw new IllegalStateException("Postgres did not come back: " + e.getMessage(), e);
        }
    }

    /** Stops the nodes in order, so that nothing moves any more. */
    public void stopNodes() {
        List<Thread> stops = nodes.stream()
                .map(node -> Thread.ofVirtual().start(node::close))
                .toList();
        for (Thread stop : stops) {
            try {
                stop.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted", e);
            }
        }
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            stopNodes();
            Patience.await(vertx.close(), STOP_SECONDS);
        } finally {
            // They are processes of their own and would outlive us.
            endStores();
        }
    }

    /** Whether its end has begun. */
    public boolean isClosed() {
        return closed;
    }

    private void endStores() {
        if (redis != null) {
            redis.close();
        }
        if (postgres != null) {
            postgres.close();
        }
        http.shutdownNow();
        try {
            DirectoryTree.delete(directory);
        } catch (IOException e) {
            throw new IllegalStateException("could not remove " + directory + ": " + e.getMessage(), e);
        }
    }
}
