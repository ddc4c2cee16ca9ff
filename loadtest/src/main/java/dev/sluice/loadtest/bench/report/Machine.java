package dev.sluice.loadtest.bench.report;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.OperatingSystemMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * What a figure is worthless without.
 *
 * @param loadBefore the machine's load average of the minute before the run: what else was going on
 */
public record Machine(double loadBefore, Instant startedAt) {
    private static final Path CPU_FACTS = Path.of("/proc/cpuinfo");
    private static final int GIT_SECONDS = 5;

    /** Where and when this is called. */
    public static Machine now() {
        return new Machine(system().getSystemLoadAverage(), Instant.now().truncatedTo(ChronoUnit.SECONDS));
    }

    List<String> lines(String command) {
        OperatingSystemMXBean system = system();
        return List.of(
                "Command: `" + command + "`",
                "Commit: " + commit(),
                "Date: " + startedAt,
                "Machine: %d cores, %s, %s %s"
                        .formatted(
                                system.getAvailableProcessors(),
                                processor(),
                                System.getProperty("os.name"),
                                System.getProperty("os.version")),
                "Writes tables out from: " + WriteBack.ofThisMachine().setting(),
                "JDK: " + Runtime.version() + ", heap up to "
                        + Runtime.getRuntime().maxMemory() / (1 << 20) + " MB",
                String.format(
                        Locale.ROOT,
                        "Load average: %.2f before, %.2f after; client, simulator, engine, Postgres and Redis share the cores",
                        loadBefore,
                        system.getSystemLoadAverage()));
    }

    /** When, without the time. */
    String day() {
        return startedAt.toString().substring(0, 10);
    }

    JsonObject json(String command) {
        return new JsonObject()
                .put("command", command)
                .put("commit", commit())
                .put("startedAt", startedAt.toString())
                .put("cores", system().getAvailableProcessors())
                .put("processor", processor())
                .put("system", System.getProperty("os.name") + " " + System.getProperty("os.version"))
                .put("writeBack", WriteBack.ofThisMachine().setting())
                .put("jdk", Runtime.version().toString())
                .put("heapMegabytes", Runtime.getRuntime().maxMemory() / (1 << 20))
                .put("loadBefore", loadBefore)
                .put("loadAfter", system().getSystemLoadAverage());
    }

    /** Cores, processor and system in one line. */
    public static String name() {
        return "%d cores, %s, %s %s"
                .formatted(
                        system().getAvailableProcessors(),
                        processor(),
                        System.getProperty("os.name"),
                        System.getProperty("os.version"));
    }

    /** The load average of the last minute. */
    public static double loadAverage() {
        return system().getSystemLoadAverage();
    }

    private static OperatingSystemMXBean system() {
        return ManagementFactory.getOperatingSystemMXBean();
    }

    private static String processor() {
        try (var lines = Files.lines(CPU_FACTS)) {
            return lines.filter(line -> line.startsWith("model name"))
                    .findFirst()
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .orElse(System.getProperty("os.arch"));
        } catch (IOException elsewhere) {
            return System.getProperty("os.arch");
        }
    }

    /** Of the working directory, "unknown" outside of one. */
    public static String commit() {
        try {
            Process git = new ProcessBuilder("git", "describe", "--always", "--dirty").start();
            String said = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return git.waitFor(GIT_SECONDS, TimeUnit.SECONDS) && !said.isEmpty() ? said : "unknown";
        } catch (IOException none) {
            return "unknown";
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return "unknown";
        }
    }
}
