package dev.sluice.engine.redis;

import io.vertx.core.Future;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Redis as the engine's parts use it: a shared client, our part of the key space, and a time limit on every command. Safe from any thread.
 *
 * @param redis pooled; closed by whoever built it
 * @param keyPrefix in front of every key, such as {@code sluice:}
 * @param timeoutMillis after which a command fails; Redis may have carried it out nevertheless
 */
public record RedisCommands(Redis redis, String keyPrefix, long timeoutMillis) {
    /** Longer than a command and its wait for a connection take on a busy machine, shorter than anything that a caller waits for. Half asks again what is only late. */
    public static final long STANDARD_TIMEOUT_MILLIS = 2_500;

    public RedisCommands {
        if (keyPrefix.contains("{") || keyPrefix.contains("}")) {
            throw new IllegalArgumentException(
                    "the key prefix must not contain { or }: the hash tag behind it places keys in a cluster");
        }
        if (timeoutMillis <= 0) {
            throw new IllegalArgumentException("timeoutMillis must be positive, not " + timeoutMillis);
        }
    }

    /** One command. Fails after the time limit, or when Redis is away; nobody knows then whether it was carried out. */
    public Future<Response> send(Request request) {
        return redis.send(request).timeout(timeoutMillis, TimeUnit.MILLISECONDS);
    }

    /**
     * Many commands over one connection, so that they do not keep others from theirs. Fails after the time limit, or with the first that fails.
     *
     * @return a reply for each, in order
     */
    public Future<List<Response>> sendAll(List<Request> requests) {
        return requests.isEmpty()
                ? Future.succeededFuture(List.of())
                : redis.batch(requests).timeout(timeoutMillis, TimeUnit.MILLISECONDS);
    }

    /** A key of ours. */
    public String key(String rest) {
        return keyPrefix + rest;
    }
}
