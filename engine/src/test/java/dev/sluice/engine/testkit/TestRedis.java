package dev.sluice.engine.testkit;

import dev.sluice.engine.redis.RedisClients;
import dev.sluice.engine.redis.RedisCommands;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisOptions;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/** A test's part of the JVM's Redis, and the ways to break it. Blocking methods are for JUnit's thread. */
public final class TestRedis implements AutoCloseable {
    private static final AtomicInteger NUMBERS = new AtomicInteger();
    private static final int CONNECT_TIMEOUT_MILLIS = 1_000;
    /** Longer than in production: a test machine may stutter. */
    private static final long COMMAND_TIMEOUT_MILLIS = 3_000;

    private static final long COMMAND_SECONDS = 60;

    private final RedisTestServer server;
    private final String keyPrefix = "test-" + NUMBERS.incrementAndGet() + ":";
    private final List<Redis> clients = new ArrayList<>();

    TestRedis(RedisTestServer server) {
        this.server = server;
    }

    /** Where it is, as {@code redis.uri} in the configuration. */
    public String uri() {
        return server.uri();
    }

    /** Where it is, with the bounds of production. */
    public RedisOptions options() {
        return RedisClients.options(uri(), CONNECT_TIMEOUT_MILLIS);
    }

    /** This test's keys start so. */
    public String keyPrefix() {
        return keyPrefix;
    }

    /** A client as in production, closed after the test; connected, so that a short time limit does not run out on a cold JVM. Redis must be running. */
    public Redis client(Vertx vertx) {
        Redis client = RedisClients.pooled(vertx, uri(), CONNECT_TIMEOUT_MILLIS);
        clients.add(client);
        within(client.send(Request.cmd(Command.PING)));
        return client;
    }

    /** A client with this test's prefix and a time limit. */
    public RedisCommands commands(Vertx vertx) {
        return new RedisCommands(client(vertx), keyPrefix, COMMAND_TIMEOUT_MILLIS);
    }

    /** Redis forgets every key of every test, but not its scripts. */
    public void flushAll() {
        command(Request.cmd(Command.FLUSHALL));
    }

    /** Redis forgets its scripts, as after a failover. */
    public void forgetScripts() {
        command(Request.cmd(Command.SCRIPT).arg("FLUSH"));
    }

    /** Ends the server; connections are reset. */
    public void stop() {
        server.stop();
    }

    /** Starts it again at the same address with the data it had. */
    public void start() {
        server.start();
    }

    /** It keeps its connections and answers nothing (SIGSTOP). */
    public void freeze() {
        server.signal("STOP");
    }

    /** Until a command that is sent now has run out of its time, as all that were sent before have. For a frozen Redis. */
    public void outlastTimeLimit() {
        Vertx vertx = Vertx.vertx();
        try {
            Redis late = Redis.createClient(vertx, options());
            within(new RedisCommands(late, keyPrefix, COMMAND_TIMEOUT_MILLIS)
                    .send(Request.cmd(Command.PING))
                    .transform(ended -> ended.failed()
                            ? Future.succeededFuture()
                            : Future.failedFuture(new IllegalStateException("Redis answers, so nothing runs out"))));
        } finally {
            within(vertx.close());
        }
    }

    /** It goes on (SIGCONT). */
    public void thaw() {
        server.signal("CONT");
    }

    /** One command on a connection of its own. */
    public Response command(Request request) {
        Vertx vertx = Vertx.vertx();
        try {
            return within(Redis.createClient(vertx, options()).send(request));
        } finally {
            within(vertx.close());
        }
    }

    @Override
    public void close() {
        thaw();
        start();
        clients.forEach(client -> within(client.close()));
    }

    private static <T> T within(Future<T> future) {
        try {
            return future.await(COMMAND_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new IllegalStateException("Redis did not answer within " + COMMAND_SECONDS + " s", e);
        }
    }
}
