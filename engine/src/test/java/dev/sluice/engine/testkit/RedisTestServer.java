package dev.sluice.engine.testkit;

import dev.sluice.engine.embedded.LoopbackPort;
import dev.sluice.engine.embedded.RedisServer;
import dev.sluice.engine.embedded.Signals;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The JVM's Redis, which can be stopped, killed and frozen. */
final class RedisTestServer implements AutoCloseable {
    private final RedisServer redis;
    private final Thread stopAtExit;
    private boolean running;

    private RedisTestServer(RedisServer redis) {
        this.redis = redis;
        this.stopAtExit = new Thread(redis::close);
    }

    static RedisTestServer launch() {
        try {
            Path directory = Files.createTempDirectory("sluice-test-redis");
            RedisTestServer server = new RedisTestServer(new RedisServer(directory, LoopbackPort.free()));
            Runtime.getRuntime().addShutdownHook(server.stopAtExit);
            server.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void start() {
        if (running) {
            return;
        }
        try {
            redis.start();
            running = true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void stop() {
        signal("CONT");
        redis.close();
        running = false;
    }

    void signal(String name) {
        if (running) {
            Signals.send(redis.handle(), name);
        }
    }

    String uri() {
        return redis.uri();
    }

    @Override
    public void close() {
        stop();
        Runtime.getRuntime().removeShutdownHook(stopAtExit);
    }
}
