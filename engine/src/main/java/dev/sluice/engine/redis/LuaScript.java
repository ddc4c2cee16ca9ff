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
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;

/**
 * A script that Redis runs as one step. Sent by its digest; with its full text when Redis does not know it, which is after a restart, a flush or a failover.
 * Immutable and thread-safe.
 */
public final class LuaScript {
    /** Scripts that one connection gets at once: some 3 ms of the server, in which others wait. */
    private static final int MOST_TOGETHER = 64;

    /**
     * One run.
     *
     * @param keys KEYS, complete with prefix; all in one hash slot
     * @param arguments ARGV
     */
    public record Invocation(List<String> keys, List<String> arguments) {}

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

    /**
     * Runs it for many, one after the other over a few connections. After a failure nobody knows which of them ran, so it must do no harm to run it again.
     *
     * @return a reply for each, in order
     */
    public Future<List<Response>> runAll(RedisCommands redis, List<Invocation> invocations) {
        List<Future<List<Response>>> parts = new ArrayList<>();
        for (int from = 0; from < invocations.size(); from += MOST_TOGETHER) {
            parts.add(runPart(redis, invocations.subList(from, Math.min(from + MOST_TOGETHER, invocations.size()))));
        }
        return Future.all(parts)
                .map(all ->
                        parts.stream().flatMap(part -> part.result().stream()).toList());
    }

    private Future<List<Response>> runPart(RedisCommands redis, List<Invocation> invocations) {
        return redis.sendAll(requests(invocations, Command.EVALSHA, digest))
                .recover(failure -> forgotten(failure)
                        ? redis.sendAll(requests(invocations, Command.EVAL, text))
                        : Future.failedFuture(failure));
    }

    /** The first names the script as asked; the others by its digest, which Redis knows once the first has run. */
    private List<Request> requests(List<Invocation> invocations, Command first, String script) {
        List<Request> requests = new ArrayList<>(invocations.size());
        for (Invocation one : invocations) {
            requests.add(
                    requests.isEmpty()
                            ? request(first, script, one.keys(), one.arguments())
                            : request(Command.EVALSHA, digest, one.keys(), one.arguments()));
        }
        return requests;
    }

    /** The client puts the place of a command among many in front. */
    private static boolean forgotten(Throwable failure) {
        return failure.getMessage() != null && failure.getMessage().contains("NOSCRIPT ");
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
