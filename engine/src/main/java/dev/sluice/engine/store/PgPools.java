package dev.sluice.engine.store;

import io.vertx.core.Vertx;
import io.vertx.core.net.NetClientOptions;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import java.util.concurrent.TimeUnit;

/**
 * Builds Postgres pools with every bound spelled out, because the defaults have none. Built outside verticles and lent in: a pool dies with the verticle that
 * made it. When a pool and its queue are full, a query fails at once; when the queue is slow, it fails after the statement timeout.
 *
 * <p>A server that says nothing for the answer timeout is given up: the transport drops the connection, its statement fails, and the pool makes another. Since
 * the transport cannot tell a silent server from an idle one, the pool gives connections back that were not used for the (shorter) statement timeout.
 *
 * <p>No connection is kept for ever: one that was made while the address still led to a primary of before, which only reads by now, would be used as long as the
 * node lives.
 */
public final class PgPools {
    /** A deployment often replaces the server behind an address; three tries ride over it. */
    private static final int RECONNECT_ATTEMPTS = 3;

    private static final long RECONNECT_INTERVAL_MILLIS = 200;
    /** Half makes connections twice as often, each with its plans; double leaves a node that long without a database that it may write to. */
    private static final int LIFE_MILLIS = 120_000;

    private PgPools() {}

    /**
     * A pool.
     *
     * @param name what its metrics are called
     * @param size connections at most
     * @param waiting callers at most that wait for one; the next fails at once
     */
    public static Pool create(
            Vertx vertx, PgConnectOptions server, PgTimeouts timeouts, String name, int size, int waiting) {
        return pool(vertx, bounded(server, timeouts), timeouts, options(timeouts, name, size, waiting, LIFE_MILLIS));
    }

    /**
     * A pool for statements that name rows by key or by a run of keys. There is one good plan for each, along the indexes: it is made once and kept, since making it
     * takes longer than running it, and the planner may not choose another, since a guess at a run's length could make it scan a table of millions.
     *
     * @param name what its metrics are called
     * @param size connections at most
     * @param waiting callers at most that wait for one; the next fails at once
     */
    public static Pool keyed(
            Vertx vertx, PgConnectOptions server, PgTimeouts timeouts, String name, int size, int waiting) {
        PgConnectOptions options = bounded(server, timeouts)
                .addProperty("plan_cache_mode", "force_generic_plan")
                .addProperty("enable_hashjoin", "off")
                .addProperty("enable_mergejoin", "off")
                .addProperty("enable_seqscan", "off")
                .addProperty("enable_bitmapscan", "off");
        return pool(vertx, options, timeouts, options(timeouts, name, size, waiting, LIFE_MILLIS));
    }

    static Pool pool(Vertx vertx, PgConnectOptions server, PgTimeouts timeouts, PoolOptions options) {
        return PgBuilder.pool()
                .using(vertx)
                .connectingTo(server)
                .with(options)
                .with(new NetClientOptions()
                        .setConnectTimeout((int) timeouts.connectMillis())
                        .setReadIdleTimeout((int) timeouts.answerMillis())
                        .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
                        .setTcpNoDelay(true)
                        .setTcpKeepAlive(true))
                .build();
    }

    static PoolOptions options(PgTimeouts timeouts, String name, int size, int waiting, int lifeMillis) {
        return new PoolOptions()
                .setName(name)
                .setMaxSize(size)
                .setMaxWaitQueueSize(waiting)
                .setConnectionTimeout((int) timeouts.statementMillis())
                .setConnectionTimeoutUnit(TimeUnit.MILLISECONDS)
                .setIdleTimeout((int) timeouts.statementMillis())
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
                .setMaxLifetime(lifeMillis)
                .setMaxLifetimeUnit(TimeUnit.MILLISECONDS);
    }

    /**
     * The options with our limits; also for single connections, such as a subscriber's.
     *
     * <p>The pipelining limit is 1: with more, a lost connection leaves every statement in the pipe in doubt, and one connection is kept busy while the
     * rest idle. Throughput comes from many rows per statement instead.
     *
     * <p>Statements are kept prepared whatever their length: by default those of more than 2,048 characters are parsed anew each time, and ours that write calls
     * are longer.
     *
     * <p>A transaction whose node froze or vanished between two of its statements ends after the time of a statement: what it has locked, a budget perhaps, all nodes
     * need.
     *
     * <p>Days and months are those that a statement names, whatever time zone somebody gave the database or the role: a month before a change of the clocks would be
     * taken for older than it is, and dropped.
     *
     * <p>Plans are made for the parameters at hand: one that was kept from the time when a partition was empty would scan it when it is full. An index probe costs
     * little more than a page in sequence, since what is hot is in memory; and compiling a plan takes longer than running it.
     */
    public static PgConnectOptions bounded(PgConnectOptions server, PgTimeouts timeouts) {
        return new PgConnectOptions(server)
                .setSslOptions(PgEncryption.options(server.getSslMode()))
                .setPipeliningLimit(1)
                .setCachePreparedStatements(true)
                .setPreparedStatementCacheSqlFilter(anyLength -> true)
                .setReconnectAttempts(RECONNECT_ATTEMPTS)
                .setReconnectInterval(RECONNECT_INTERVAL_MILLIS)
                .addProperty("application_name", "sluice")
                .addProperty("TimeZone", "UTC")
                .addProperty("plan_cache_mode", "force_custom_plan")
                .addProperty("random_page_cost", "1.1")
                .addProperty("jit", "off")
                .addProperty("statement_timeout", Long.toString(timeouts.statementMillis()))
                .addProperty("idle_in_transaction_session_timeout", Long.toString(timeouts.statementMillis()));
    }
}
