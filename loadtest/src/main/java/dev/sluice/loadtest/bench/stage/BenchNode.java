package dev.sluice.loadtest.bench.stage;

import dev.sluice.engine.embedded.PostgresPrograms;
import dev.sluice.engine.node.NodeParts;
import dev.sluice.engine.secret.MasterKeys;
import dev.sluice.engine.store.PgPools;
import dev.sluice.engine.store.PgTimeouts;
import dev.sluice.simulator.Simulator;
import dev.sluice.simulator.SimulatorOptions;
import dev.sluice.simulator.ledger.LedgerMode;
import dev.sluice.simulator.settings.LimitSettings;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A whole node with embedded stores, and a simulator without limits, in this process. Blocking; for the main thread. */
public final class BenchNode implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 900;
    /** Filling a table with ten million rows is one statement. */
    private static final PgTimeouts LONG_STATEMENTS = new PgTimeouts(2_000, 850_000, 880_000);

    private static final int NO_LIMIT = 1_000_000_000;

    /** The version, the optimisation of the compiler that it was built with ({@code -Os} asks for small programs, {@code -O2} for fast ones), and its memory. */
    private static final String POSTGRES_BUILD = """
            SELECT current_setting('server_version') || coalesce(' built with ' || substring(setting from '-O[0-9sfgz]*'), '')
              || ', shared_buffers ' || current_setting('shared_buffers')
            FROM pg_config WHERE name = 'CFLAGS'
            """;

    private final Vertx vertx;
    private final Vertx platform;
    private final BenchThreads threads;
    private final Simulator simulator;
    private final Path data;
    private final BenchStores stores;
    private final BenchEngine engine;
    private final Pool pool;

    private BenchNode(
            Vertx vertx,
            Vertx platform,
            BenchThreads threads,
            Simulator simulator,
            Path data,
            BenchStores stores,
            BenchEngine engine) {
        this.vertx = vertx;
        this.platform = platform;
        this.threads = threads;
        this.simulator = simulator;
        this.data = data;
        this.stores = stores;
        this.engine = engine;
        this.pool = PgPools.create(vertx, stores.postgres(), LONG_STATEMENTS, "bench", 4, 100);
    }

    /** Starts everything below a directory. */
    public static BenchNode start(Path data, PostgresPrograms programs) throws IOException {
        return start(data, programs, BenchStores::start);
    }

    /** The same with a Postgres that counts statements. */
    public static BenchNode startCounting(Path data, PostgresPrograms programs) throws IOException {
        return start(data, programs, BenchStores::startCounting);
    }

    private interface StoresStart {
        BenchStores in(Path data, PostgresPrograms programs) throws IOException;
    }

    private static BenchNode start(Path data, PostgresPrograms programs, StoresStart stored) throws IOException {
        Vertx vertx = vertxAsTheEngineHas();
        Vertx platform = vertxAsTheEngineHas();
        Set<Long> before = BenchThreads.now();
        Simulator simulator = await(Simulator.start(
                platform, SimulatorOptions.defaults().withLimits(unlimited()).withLedgerMode(LedgerMode.COUNTERS)));
        BenchThreads threads = BenchThreads.sort(before, vertx);
        BenchStores stores = stored.in(data, programs);
        try {
            MasterKeys.read(data.resolve(BenchEngine.MASTER_KEY), true);
            BenchEngine engine =
                    BenchEngine.start("bench", data, stores, simulator.baseUri().toString());
            return new BenchNode(vertx, platform, threads, simulator, data, stores, engine);
        } catch (IOException | RuntimeException broken) {
            // They are processes of their own and would outlive us.
            stores.close();
            throw broken;
        }
    }

    private static Vertx vertxAsTheEngineHas() {
        return Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
    }

    /** Starts a second node on the same stores; the caller closes it. */
    public BenchEngine another(String name) {
        try {
            return BenchEngine.start(name, data, stores, simulator.baseUri().toString());
        } catch (IOException noPort) {
            throw new UncheckedIOException(noPort);
        }
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

    /** Which threads of this process are not the engine's. */
    public BenchThreads threads() {
        return threads;
    }

    /** The vertx of clients and bare pieces; simulator and engine have their own. */
    public Vertx vertx() {
        return vertx;
    }

    /** The platform, without limits. */
    public Simulator simulator() {
        return simulator;
    }

    /** The engine's own parts. */
    public NodeParts parts() {
        return engine.parts();
    }

    /** Its Postgres and Redis. */
    public BenchStores stores() {
        return stores;
    }

    /** Connections of the benchmark's own. */
    public Pool pool() {
        return pool;
    }

    /** Which Postgres this is, such as "18.6 built with -O2". */
    public String postgresBuild() {
        return sql(POSTGRES_BUILD).iterator().next().getString(0);
    }

    /** Where its send API listens. */
    public int httpPort() {
        return engine.httpPort();
    }

    /** Runs a statement. */
    public RowSet<Row> sql(String statement, Object... values) {
        return await(pool.preparedQuery(statement).execute(Tuple.wrap(values)));
    }

    /** The first column of the only row. */
    public long number(String statement, Object... values) {
        return sql(statement, values).iterator().next().getLong(0);
    }

    /** Waits on a plain thread. */
    public static <T> T await(Future<T> future) {
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
        await(platform.close());
        stores.close();
    }
}
