package dev.sluice.engine.redis;

import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;

/**
 * A script that Redis runs as one step. Sent by its digest; with its full text when Redis does not know it, which is after a restart, a flush or a failover.
 * Immutable and thread-safe.
 */
public final class LuaScript {
    private final String text;
    private final String digest;

    private LuaScript(String text) {
        this.text = text;
        this.digest = sha1(text);
    }

    /**
     * Reads a script from the class path.
     *
     * @param resource such as {@code redis/slot_take.lua}
     */
    public static LuaScript load(String resource) {
        try (InputStream in = LuaScript.class.getClassLoader().getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalArgumentException("no such script on the class path: " + resource);
            }
            return of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A script given as text. */
    public static LuaScript of(String text) {
        return new LuaScript(text);
    }

    /**
     * Runs it. A refusal by digest means that nothing ran, so sending the text afterwards runs it once. Any other failure is the caller's: the script may have
     * run.
     *
     * @param keys KEYS, complete with prefix; all in one hash slot
     * @param arguments ARGV
     */
    public Future<Response> run(RedisCommands redis, Collection<String> keys, Collection<String> arguments) {
        return redis.send(request(Command.EVALSHA, digest, keys, arguments))
                .recover(failure -> forgotten(failure)
                        ? redis.send(request(Command.EVAL, text, keys, arguments))
                        : Future.failedFuture(failure));
    }

    private static boolean forgotten(Throwable failure) {
        return failure.getMessage() != null && failure.getMessage().startsWith("NOSCRIPT");
    }

    private static Request request(
            Command command, String script, Collection<String> keys, Collection<String> arguments) {
        Request request = Request.cmd(command).arg(script).arg(keys.size());
        keys.forEach(request::arg);
        arguments.forEach(request::arg);
        return request;
    }

    /** SHA-1 is what EVALSHA asks for; nothing secret hangs on it. */
    private static String sha1(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-1", e);
        }
    }
}
