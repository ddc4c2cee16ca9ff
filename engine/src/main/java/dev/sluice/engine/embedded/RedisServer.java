package dev.sluice.engine.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import redis.embedded.core.ExecutableProvider;

/**
 * A real Redis as a child process on loopback. Keeps its append-only file in its directory, so a restart there finds what was written up to about one second
 * before a crash. Never evicts: when memory ends it refuses writes, and the engine fails closed. What is over ends beside its other work. Not thread-safe; calls block.
 */
public final class RedisServer implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(20);

    private final Path directory;
    private final int port;
    private String password;
    private Process process;

    /**
     * @param directory where its data, password and log are; made when missing
     * @param port on 127.0.0.1
     */
    public RedisServer(Path directory, int port) {
        this.directory = directory.toAbsolutePath();
        this.port = port;
    }

    /** Starts it, ending a server that an earlier process left behind, and returns when its data are loaded. */
    public void start() throws IOException {
        Files.createDirectories(directory);
        endLeftBehind();
        password = passwordWithoutSpecials();
        process = new ProcessBuilder(Privileges.ownSession(
                        List.of(executable().toString(), writeSettings().toString())))
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log().toFile())
                .start();
        Files.writeString(pidFile(), Long.toString(process.pid()));
        Await.until(START_LIMIT, "Redis to answer (its log: " + log() + ")", this::answers);
    }

    /** Lets it write what it holds and end. */
    @Override
    public void close() {
        if (process == null) {
            return;
        }
        ChildProcess.end(process.toHandle(), STOP_LIMIT);
        process = null;
    }

    /** The process, for those who signal it. */
    public ProcessHandle handle() {
        return process.toHandle();
    }

    /** Where to connect, with the password. */
    public String uri() {
        return "redis://:" + password + "@127.0.0.1:" + port;
    }

    /** A file, not the command line: that could be read by everybody on the machine. */
    private Path writeSettings() throws IOException {
        Path file = directory.resolve("redis.conf");
        SecretFile.write(file, """
                bind 127.0.0.1
                port %d
                dir "%s"
                requirepass %s
                appendonly yes
                appendfsync everysec
                save ""
                maxmemory-policy noeviction
                lazyfree-lazy-expire yes
                """.formatted(port, directory, password));
        return file;
    }

    /** Base64 has characters that mean something in a URI; hexadecimal has none. */
    private String passwordWithoutSpecials() throws IOException {
        String secret = SecretFile.readOrCreate(directory.resolve("password"));
        return HexFormat.of().formatHex(Base64.getDecoder().decode(secret));
    }

    private boolean answers() throws IOException {
        if (!process.isAlive()) {
            throw new IOException("Redis ended with code " + process.exitValue() + "; its log: " + log());
        }
        return LoopbackPort.answersPing(port, password);
    }

    private void endLeftBehind() throws IOException {
        if (Files.notExists(pidFile())) {
            return;
        }
        LeftBehind.find(Files.readString(pidFile()).strip(), "redis-server", directory)
                .ifPresent(orphan -> ChildProcess.end(orphan, STOP_LIMIT));
        Files.delete(pidFile());
    }

    private Path executable() throws IOException {
        Path bin = Files.createDirectories(directory.resolve("bin"));
        return ExecutableProvider.newJarResourceProvider(bin.toFile()).get().toPath();
    }

    private Path pidFile() {
        return directory.resolve("redis.pid");
    }

    /** Where it says what it does. */
    Path log() {
        return directory.resolve("redis.log");
    }
}
