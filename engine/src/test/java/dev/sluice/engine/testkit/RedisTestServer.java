package dev.sluice.engine.testkit;

import dev.sluice.engine.embedded.DirectoryTree;
import dev.sluice.engine.embedded.LoopbackPort;
import dev.sluice.engine.embedded.RedisServer;
import dev.sluice.engine.embedded.Signals;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The JVM's Redis, which can be stopped, killed and frozen. */
final class RedisTestServer implements AutoCloseable {
    private final Path directory;
    private final RedisServer redis;
    private final Thread endAtExit = new Thread(this::end);
    private boolean running;

    private RedisTestServer(Path directory) throws IOException {
        this.directory = directory;
        this.redis = new RedisServer(directory, LoopbackPort.free());
    }

    static RedisTestServer launch() {
        try {
            RedisTestServer server = new RedisTestServer(Files.createTempDirectory("sluice-test-redis"));
            Runtime.getRuntime().addShutdownHook(server.endAtExit);
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
        end();
        Runtime.getRuntime().removeShutdownHook(endAtExit);
    }

    /** Ends it and leaves nothing behind. */
    private void end() {
        stop();
        try {
            DirectoryTree.delete(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
