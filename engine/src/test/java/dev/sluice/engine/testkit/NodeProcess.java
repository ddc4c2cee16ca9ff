package dev.sluice.engine.testkit;

import dev.sluice.engine.EngineMain;
import dev.sluice.engine.embedded.LoopbackPort;
import dev.sluice.engine.embedded.Signals;
import dev.sluice.engine.recovery.CrashPoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A whole node as a process of its own, to be killed or paused as an operating system does it. Its output is in {@code target/node-processes}. */
public final class NodeProcess implements AutoCloseable {
    /** A silent node's lanes are others' after this. */
    public static final long LEASE_MILLIS = 10_000;

    private static final int TAIL_LINES = 30;

    private final String name;
    private final int port;
    private final Path output;
    private final Path temporary;
    private final Process process;

    private NodeProcess(String name, int port, Path output, Path temporary, Process process) {
        this.name = name;
        this.port = port;
        this.output = output;
        this.temporary = temporary;
        this.process = process;
    }

    /** Starts one on a world's stores and platform; returns before it is ready. */
    public static NodeProcess start(TestWorld world, String name) {
        return start(world, name, EngineMain.class);
    }

    /** One that ends as if killed when it reaches the point for the n-th time; {@link #died} tells. */
    public static NodeProcess startDying(TestWorld world, String name, CrashPoint point, int nth) {
        return start(world, name, DyingNode.class, point.name(), Integer.toString(nth));
    }

    /** One that is stopped like by SIGSTOP when it reaches the point for the n-th time; {@link #resume} wakes it. */
    public static NodeProcess startFreezing(TestWorld world, String name, CrashPoint point, int nth) {
        return start(world, name, FreezingNode.class, point.name(), Integer.toString(nth));
    }

    /**
     * One with a configuration of the test's own.
     *
     * @param folder where its files are
     * @param options of its JVM
     */
    public static NodeProcess start(String name, Path folder, String configuration, List<String> options) {
        try {
            return start(name, LoopbackPort.free(), folder, configuration, options, EngineMain.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static NodeProcess start(TestWorld world, String name, Class<?> main, String... arguments) {
        try {
            int port = LoopbackPort.free();
            Path folder = Files.createDirectories(Path.of("target", "node-processes")
                    .resolve(world.redis().keyPrefix().replace(":", "") + "-" + name)
                    .toAbsolutePath());
            return start(name, port, folder, config(world, name, port, folder), List.of(), main, arguments);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static NodeProcess start(
            String name,
            int port,
            Path folder,
            String configuration,
            List<String> options,
            Class<?> main,
            String... arguments)
            throws IOException {
        Path config = Files.writeString(folder.resolve("sluice.yaml"), configuration);
        Path output = folder.resolve("output.log");
        Path temporary = Files.createDirectories(folder.resolve("tmp"));
        Process process = new ProcessBuilder(command(options, main, temporary, config, arguments))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        return new NodeProcess(name, port, output, temporary, process);
    }

    private static String config(TestWorld world, String name, int port, Path folder) throws IOException {
        Path key = Files.writeString(folder.resolve("master.key"), TestWorld.masterKey());
        String platform = world.simulator().baseUri().toString();
        return """
            dataDirectory: %s
            node:
              name: %s
            http:
              port: %d
            metrics:
              port: 0
            admin:
              enabled: false
            postgres:
              uri: %s
              poolSize: 8
            redis:
              uri: %s
              keyPrefix: "%s"
              commandTimeoutMillis: 2500
            platforms:
              allowPlaintext: true
              dingtalk:
                oapiBaseUrl: %s
                apiBaseUrl: %s
                receiptAfterMillis: 500
            sending:
              connectTimeoutMillis: 1000
              callDeadlineMillis: 3000
              latenessMillis: 2000
              grantAgeMillis: 1000
            leases:
              nodeLeaseMillis: %d
              renewMillis: 500
            security:
              masterKeyFile: %s
            """.formatted(
                        folder.resolve("data"),
                        name,
                        port,
                        world.database().uri(),
                        world.redis().uri(),
                        world.redis().keyPrefix(),
                        platform,
                        platform,
                        LEASE_MILLIS,
                        key);
    }

    /** The cheapest JVM there is: these processes live for seconds. */
    private static List<String> command(
            List<String> options, Class<?> main, Path temporary, Path config, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dvertx.disableDnsResolver=true",
                "-Djava.io.tmpdir=" + temporary));
        command.addAll(options);
        command.addAll(List.of("-cp", classPath(), main.getName(), config.toString()));
        command.addAll(List.of(arguments));
        return command;
    }

    /** This JVM's own, however the tests were launched. */
    private static String classPath() {
        List<String> entries = new ArrayList<>();
        if (Thread.currentThread().getContextClassLoader() instanceof URLClassLoader loader) {
            Arrays.stream(loader.getURLs()).map(NodeProcess::path).forEach(entries::add);
        }
        entries.add(System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
        return String.join(System.getProperty("path.separator"), entries);
    }

    private static String path(URL entry) {
        try {
            return Path.of(entry.toURI()).toString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** As configured. */
    public String name() {
        return name;
    }

    /** Whether it has not ended. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /** Where its send API is. */
    public int port() {
        return port;
    }

    /** What is in its directory for temporary files. */
    public List<Path> temporaryFiles() {
        try (Stream<Path> files = Files.list(temporary)) {
            return files.toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What it ended with; waits for that, two minutes at most. */
    public int exitValue() {
        return process.onExit().orTimeout(2, TimeUnit.MINUTES).join().exitValue();
    }

    /** Whether it ended at its crash point. */
    public boolean died() {
        return !process.isAlive() && process.exitValue() == DyingNode.EXIT;
    }

    /** SIGTERM; returns when it has stopped by itself, which it must within two minutes. */
    public void terminate() {
        process.toHandle().destroy();
        process.onExit().orTimeout(2, TimeUnit.MINUTES).join();
    }

    /** SIGKILL; returns when it is gone. */
    public void kill() {
        process.destroyForcibly().onExit().join();
    }

    /** SIGSTOP: it keeps its connections and does nothing, without noticing. */
    public void pause() {
        Signals.send(process.toHandle(), "STOP");
    }

    /** SIGCONT. */
    public void resume() {
        Signals.send(process.toHandle(), "CONT");
    }

    /** Whether its log has a text in it. */
    public boolean said(String text) {
        try {
            return Files.readString(output).contains(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The last that it said, and whether it runs. */
    public String tail() {
        try {
            List<String> lines = Files.readAllLines(output);
            return lines.stream()
                    .skip(Math.max(0, lines.size() - TAIL_LINES))
                    .collect(Collectors.joining("\n", "\n" + name + (isAlive() ? " runs" : " is gone") + ":\n", ""));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        kill();
    }
}
