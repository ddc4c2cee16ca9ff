package dev.sluice.engine.redis;

import io.vertx.core.Vertx;
import io.vertx.core.net.NetClientOptions;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisOptions;
import java.util.concurrent.TimeUnit;

/**
 * Builds pooled Redis clients with every bound spelled out, which send what comes together through one connection. Pooled, never a connection that somebody holds: a held one does not come back after a restart of
 * the server. When the pool and its queue are full, a command fails at once.
 *
 * <p>A connection on which the server says nothing for 12 s is dropped, and what waits on it fails: else one whose peer is gone without a word stays in use until the
 * system gives it up, a quarter of an hour later. Since the transport cannot tell a silent server from an idle one, the pool gives connections back that were not used for
 * 10 s.
 */
public final class RedisClients {
    private static final int POOL_SIZE = 8;
    /** Turns of event loops that wait for a connection. At 0.2 ms a command and 8 connections, 1,024 single commands are some 25 ms of work. */
    private static final int POOL_WAITING = 1_024;
    /** Commands in the pipe of one connection. */
    private static final int WAITING_REPLIES = 2_048;

    /** Half drops connections to a server that only pauses, double leaves the node without the limits for as long again once the way to the server is mended. */
    private static final int SILENT_MILLIS = 12_000;

    private static final int UNUSED_MILLIS = 10_000;
    private static final int LOOK_FOR_UNUSED_MILLIS = 1_000;

    private RedisClients() {}

    /**
     * A client.
     *
     * @param uri such as {@code redis://:password@host:6379/0}
     * @param connectTimeoutMillis to a connection
     */
    public static Redis pooled(Vertx vertx, String uri, int connectTimeoutMillis) {
        return new TurnRedis(Redis.createClient(vertx, options(uri, connectTimeoutMillis)));
    }

    /** The options of {@link #pooled}. */
    public static RedisOptions options(String uri, int connectTimeoutMillis) {
        return new RedisOptions()
                .setConnectionString(uri)
                .setPoolName("redis")
                .setMaxPoolSize(POOL_SIZE)
                .setMaxPoolWaiting(POOL_WAITING)
                .setMaxWaitingHandlers(WAITING_REPLIES)
                .setPoolRecycleTimeout(UNUSED_MILLIS)
                .setPoolCleanerInterval(LOOK_FOR_UNUSED_MILLIS)
                .setNetClientOptions(new NetClientOptions()
                        // Of rediss: without it nobody says how a certificate is checked, and no connection is made.
                        .setHostnameVerificationAlgorithm("HTTPS")
                        .setConnectTimeout(connectTimeoutMillis)
                        .setReadIdleTimeout(SILENT_MILLIS)
                        .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
                        .setTcpNoDelay(true)
                        .setTcpKeepAlive(true));
    }
}
