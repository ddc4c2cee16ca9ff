package dev.sluice.engine.node;

import dev.sluice.engine.config.EngineConfig;
import dev.sluice.engine.metrics.Meters;
import dev.sluice.engine.recovery.CrashPoints;
import dev.sluice.engine.redis.KeepsKeys;
import dev.sluice.engine.redis.RedisClients;
import dev.sluice.engine.redis.RedisCommands;
import dev.sluice.engine.secret.MasterKeys;
import dev.sluice.engine.store.ClockDistance;
import dev.sluice.engine.store.DurableCommits;
import dev.sluice.engine.store.FirstAnswer;
import dev.sluice.engine.store.KeptLog;
import dev.sluice.engine.store.PgPools;
import dev.sluice.engine.store.PgTimeouts;
import dev.sluice.engine.time.EngineClock;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.micrometer.MicrometerMetricsFactory;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.redis.client.Redis;
import io.vertx.sqlclient.Pool;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A node while it runs. Starts stores, shared clients, then parts in order; stops in reverse: the port first, then claims, calls in flight to a deadline, leases
 * back, clients, stores. Both block and belong on a plain thread.
 */
public final class Engine implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Engine.class);
    private static final long CHECK_MILLIS = 15_000;
    /** So many parts may take all of their time to stop: those that take requests, calls in flight, and one more. */
    private static final int SLOW_PARTS = 3;
    /** Questions about a node's health that a silent Postgres leaves without an answer: each is given up after a second, and another one may follow. */
    private static final int HEALTH_WAITING = 64;

    private final NodeStores stores;
    private final PartStack parts;
    private NodeParts shared;

    private Engine(NodeStores stores, PartStack parts) {
        this.stores = stores;
        this.parts = parts;
    }

    /**
     * Starts a node.
     *
     * @param parts what it is made of, in order of start, given what they share; see {@link StandardParts}
     * @throws StartFailure when it cannot, after ending what had started
     */
    public static Engine start(EngineConfig config, Function<NodeParts, List<EnginePart>> parts) {
        Engine engine = new Engine(
                NodeStores.open(config),
                new PartStack(
                        config.node().stopMillis(), SLOW_PARTS * config.node().stopMillis()));
        boolean runs = false;
        try {
            engine.run(config, parts);
            runs = true;
            return engine;
        } finally {
            // An Error too must not leave the embedded stores behind: they are processes of their own.
            if (!runs) {
                engine.close();
            }
        }
    }

    private void run(EngineConfig config, Function<NodeParts, List<EnginePart>> composition) {
        stores.prepareSchema(config.postgres());
        shared = share(config);
        Checks.await(DurableCommits.check(shared.pool()), CHECK_MILLIS);
        Checks.await(KeptLog.advice(shared.pool()), CHECK_MILLIS).ifPresent(log::warn);
        Checks.await(ClockDistance.advice(shared.pool(), shared.clock()::millis), CHECK_MILLIS)
                .ifPresent(log::warn);
        new FirstReply(stores.redisUri(), () -> KeepsKeys.check(shared.redis()), log::info).await(FirstAnswer.PATIENCE);
        composition.apply(shared).forEach(parts::start);
        shared.readiness().started();
        log.info("node {} runs: {}", config.node().name(), config.node().roles());
    }

    /** Nothing is read by way of Vert.x' copies of the class path, whose directory a killed node would leave behind. */
    private static FileSystemOptions noCopies() {
        return new FileSystemOptions().setClassPathResolvingEnabled(false).setFileCachingEnabled(false);
    }

    private NodeParts share(EngineConfig config) {
        MasterKeys masterKeys = MasterKeyFile.read(config.security());
        PrometheusMeterRegistry meters = Meters.registry();
        Vertx vertx = Vertx.builder()
                .with(new VertxOptions()
                        .setPreferNativeTransport(true)
                        .setMetricsOptions(Meters.ofVertx())
                        .setFileSystemOptions(noCopies()))
                .withMetrics(new MicrometerMetricsFactory(meters))
                .build();
        if (!vertx.isNativeTransportEnabled()) {
            log.info("Sockets go by the JDK's selector: {}", String.valueOf(vertx.unavailableNativeTransportCause()));
        }
        EngineConfig.Postgres settings = config.postgres();
        PgTimeouts timeouts = new PgTimeouts(
                settings.connectTimeoutMillis(), settings.statementTimeoutMillis(), settings.answerTimeoutMillis());
        PgConnectOptions postgres = PgPools.bounded(stores.postgres(), timeouts);
        Pool pool = PgPools.create(
                vertx, stores.postgres(), timeouts, "engine", settings.poolSize(), settings.poolWaiting());
        Redis redis =
                RedisClients.pooled(vertx, stores.redisUri(), config.redis().connectTimeoutMillis());
        RedisCommands commands = new RedisCommands(
                redis, config.redis().keyPrefix(), config.redis().commandTimeoutMillis());
        Readiness readiness =
                new Readiness(PgPools.create(vertx, stores.postgres(), timeouts, "health", 1, HEALTH_WAITING));
        Gauge.builder(Meters.NODE_READY, readiness, ready -> ready.running() ? 1 : 0)
                .register(meters);
        return new NodeParts(
                config,
                vertx,
                EngineClock.system(),
                meters,
                pool,
                postgres,
                timeouts,
                commands,
                masterKeys,
                readiness,
                CrashPoints.NONE);
    }

    /** Completes with what happened when an embedded store of the node ends by itself: without it the node does nothing more. */
    public CompletionStage<String> storeLost() {
        return stores.lost();
    }

    /** Stops. What does not end in time is left behind: a stop is never worse than a crash, which loses nothing. */
    @Override
    public void close() {
        if (shared != null) {
            log.info("node {} stops", shared.config().node().name());
            shared.readiness().stopping();
        }
        parts.stop();
        if (shared != null) {
            PartStack clients = new PartStack(CHECK_MILLIS, CHECK_MILLIS);
            clients.start(EnginePart.of("Vert.x", Checks::nothing, shared.vertx()::close));
            clients.start(EnginePart.of(
                    "Redis client", Checks::nothing, shared.redis().redis()::close));
            clients.start(EnginePart.of("Postgres pool", Checks::nothing, shared.pool()::close));
            clients.start(EnginePart.of("health's connection", Checks::nothing, shared.readiness()::close));
            clients.stop();
        }
        stores.close();
    }
}
