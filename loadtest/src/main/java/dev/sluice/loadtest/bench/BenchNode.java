package dev.sluice.loadtest.bench;

import dev.sluice.engine.config.EngineConfig;
import dev.sluice.engine.config.EngineConfigFile;
import dev.sluice.engine.embedded.LoopbackPort;
import dev.sluice.engine.node.Engine;
import dev.sluice.engine.node.NodeParts;
import dev.sluice.engine.node.StandardParts;
import dev.sluice.engine.store.PgPools;
import dev.sluice.engine.store.PgTimeouts;
import dev.sluice.simulator.Simulator;
import dev.sluice.simulator.SimulatorOptions;
import dev.sluice.simulator.ledger.LedgerMode;
import dev.sluice.simulator.settings.LimitSettings;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;

/** A whole node with embedded stores, and a simulator without limits, in this process. Blocking; for the main thread. */
final class BenchNode implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 900;
    /** Filling a table with ten million rows is one statement. */
    private static final PgTimeouts LONG_STATEMENTS = new PgTimeouts(2_000, 850_000, 880_000);

    private static final int NO_LIMIT = 1_000_000_000;

    private final Vertx vertx;
    private final Simulator simulator;
    private final Engine engine;
    private final NodeParts parts;
    private final Pool pool;

    private BenchNode(Vertx vertx, Simulator simulator, Engine engine, NodeParts parts) {
        this.vertx = vertx;
        this.simulator = simulator;
        this.engine = engine;
        this.parts = parts;
        this.pool = PgPools.create(vertx, parts.postgres(), LONG_STATEMENTS, "bench", 4, 100);
    }

    /** Starts everything below a directory. */
    static BenchNode start(Path data) throws IOException {
        Vertx vertx = Vertx.vertx();
        Simulator simulator = await(Simulator.start(
                vertx, SimulatorOptions.defaults().withLimits(unlimited()).withLedgerMode(LedgerMode.COUNTERS)));
        AtomicReference<NodeParts> shared = new AtomicReference<>();
        Engine engine = Engine.start(config(data, simulator), parts -> {
            shared.set(parts);
            return StandardParts.of(parts);
        });
        return new BenchNode(vertx, simulator, engine, shared.get());
    }

    private static LimitSettings unlimited() {
        LimitSettings limits = LimitSettings.defaults();
        limits.set("qps.enforced", false);
        limits.set("month.enforced", false);
        limits.set("ip.enforced", false);
        limits.set("notice.recipientsPerMinute", NO_LIMIT);
        limits.set("notice.messagesPerPersonPerDay", NO_LIMIT);
        limits.set("notice.sameContentPerDay", NO_LIMIT);
        return limits;
    }

    private static EngineConfig config(Path data, Simulator simulator) throws IOException {
        String yaml =
                """
                dataDirectory: %s
                node: {name: bench}
                http: {port: %d}
                metrics: {port: %d}
                admin: {enabled: false}
                platforms: {dingtalk: {oapiBaseUrl: "%s", apiBaseUrl: "%s"}}
                """.formatted(data, LoopbackPort.free(), LoopbackPort.free(), simulator.baseUri(), simulator.baseUri());
        return EngineConfigFile.parse(yaml, Map.of());
    }

    /** The vertx of clients, bare pieces and simulator; the engine has its own. */
    Vertx vertx() {
        return vertx;
    }

    Simulator simulator() {
        return simulator;
    }

    NodeParts parts() {
        return parts;
    }

    Pool pool() {
        return pool;
    }

    int httpPort() {
        return parts.config().http().listener().port();
    }

    /** Runs a statement. */
    RowSet<Row> sql(String statement, Object... values) {
        return await(pool.preparedQuery(statement).execute(Tuple.wrap(values)));
    }

    /** The first column of the only row. */
    long number(String statement, Object... values) {
        return sql(statement, values).iterator().next().getLong(0);
    }

    /** Waits on a plain thread. */
    static <T> T await(Future<T> future) {
        try {
            return future.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException late) {
            throw new IllegalStateException("no answer for " + PATIENCE_SECONDS + " s", late);
        }
    }

    @Override
    public void close() {
        await(pool.close());
        engine.close();
        await(vertx.close());
    }
}
