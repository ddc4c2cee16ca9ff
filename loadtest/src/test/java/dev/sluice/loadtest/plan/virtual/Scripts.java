package dev.sluice.loadtest.plan.virtual;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.redis.LuaScript;
import dev.sluice.engine.redis.RedisCommands;
import dev.sluice.engine.testkit.TestRedis;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The engine's scripts on a real Redis, with the time told to them instead of read from the server's clock: every other line is as it is shipped. */
final class Scripts {
    private static final String SERVER_TIME = "local time = redis.call('TIME')";
    private static final String TOLD_TIME = "local time = {table.remove(ARGV, #ARGV - 1), table.remove(ARGV)}";
    /** Generous: the test waits for answers, it does not judge their speed. */
    private static final long TIMEOUT_MILLIS = 60_000;

    private final RedisCommands redis;

    Scripts(TestRedis server, Vertx vertx) {
        this.redis = new RedisCommands(server.client(vertx), server.keyPrefix(), TIMEOUT_MILLIS);
    }

    String key(String rest) {
        return redis.key(rest);
    }

    /** A script as it is. */
    static LuaScript shipped(String name) {
        return LuaScript.load("redis/" + name);
    }

    /** A script that takes the last two arguments for the time. */
    static LuaScript withToldTime(String name) {
        try (InputStream in = Scripts.class.getClassLoader().getResourceAsStream("redis/" + name)) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            assertThat(text).contains(SERVER_TIME);
            return LuaScript.of(text.replace(SERVER_TIME, TOLD_TIME));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Response run(LuaScript script, List<String> keys, List<String> arguments) {
        try {
            return script.run(redis, keys, arguments).await(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }

    Response runAt(long nowMicros, LuaScript script, List<String> keys, List<String> arguments) {
        List<String> timed = new ArrayList<>(arguments);
        timed.add(Long.toString(nowMicros / 1_000_000));
        timed.add(Long.toString(nowMicros % 1_000_000));
        return run(script, keys, timed);
    }

    /** Marks a key as whole, as a rebuild does. */
    void open(String command, String key) {
        run(
                LuaScript.of("local run = string.match(redis.call('INFO', 'server'), 'run_id:(%x+)') " + command
                        + " return 1"),
                List.of(key),
                List.of());
    }
}
