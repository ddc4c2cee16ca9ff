package dev.sluice.loadtest.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.testkit.TestWaiting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchStopTest {
    @TempDir
    private Path temporary;

    private Process bench;

    @AfterEach
    void end() {
        bench.destroyForcibly();
    }

    @Test
    void aBenchmarkThatIsAskedToEndLeavesNoServerAndNoData() throws Exception {
        bench = bench(
                "ingest", "--short", "--report", temporary.resolve("report.md").toString());
        TestWaiting.until(TestWaiting.PATIENCE, () -> postgres().isPresent(), () -> "Postgres does not run");
        ProcessHandle server = postgres().orElseThrow();
        bench.destroy();
        assertThat(bench.waitFor(TestWaiting.PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .isTrue();
        assertThat(server.isAlive()).isFalse();
        assertThat(data()).isEmpty();
    }

    private Process bench(String... arguments) throws IOException {
        ProcessBuilder command = new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-Djava.io.tmpdir=" + temporary,
                "-cp",
                System.getProperty("java.class.path"),
                SluiceMain.class.getName(),
                "bench");
        command.command().addAll(List.of(arguments));
        return command.redirectErrorStream(true)
                .redirectOutput(temporary.resolve("bench.log").toFile())
                .start();
    }

    /** Where the benchmark keeps its stores. */
    private Optional<Path> data() {
        try (Stream<Path> there = Files.list(temporary)) {
            return there.filter(path -> path.getFileName().toString().startsWith("sluice-bench"))
                    .findFirst();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Its Postgres, once that takes connections. */
    private Optional<ProcessHandle> postgres() {
        return data().map(data -> data.resolve("postgres/data/postmaster.pid"))
                .filter(Files::exists)
                .flatMap(BenchStopTest::ready);
    }

    private static Optional<ProcessHandle> ready(Path postmaster) {
        try {
            List<String> lines = Files.readAllLines(postmaster);
            boolean takesConnections = lines.size() > 7 && lines.get(7).strip().equals("ready");
            return takesConnections
                    ? ProcessHandle.of(Long.parseLong(lines.getFirst().strip()))
                    : Optional.empty();
        } catch (IOException beingWritten) {
            return Optional.empty();
        }
    }
}
