package dev.sluice.engine.redis;

import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;

/** Refuses a Redis that drops keys when memory is short: a limiter's key that vanishes is a limit that is passed without a trace. */
public final class KeepsKeys {
    private static final String POLICY_LINE = "maxmemory_policy:";
    private static final String SAFE = "noeviction";

    private KeepsKeys() {}

    /** Fails when the server's policy is another than {@code noeviction}. */
    public static Future<Void> check(RedisCommands redis) {
        return redis.send(Request.cmd(Command.INFO).arg("memory")).compose(info -> verdict(info.toString()));
    }

    /** A server that does not say is let through: some managed ones hide it. */
    static Future<Void> verdict(String info) {
        return info.lines()
                .filter(line -> line.startsWith(POLICY_LINE))
                .map(line -> line.substring(POLICY_LINE.length()).strip())
                .filter(policy -> !policy.equals(SAFE))
                .findFirst()
                .map(KeepsKeys::refusal)
                .orElse(Future.succeededFuture());
    }

    private static Future<Void> refusal(String policy) {
        return Future.failedFuture(new IllegalStateException(
                "Redis may evict the state of limits (maxmemory-policy is %s): set maxmemory-policy noeviction"
                        .formatted(policy)));
    }
}
