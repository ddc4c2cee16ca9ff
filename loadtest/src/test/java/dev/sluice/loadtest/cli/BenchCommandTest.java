package dev.sluice.loadtest.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class BenchCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path directory;

    @Test
    void aPlaceWithoutPostgresIsSaidBeforeAnythingStarts() {
        assertThat(bench("--report", directory.resolve("report.md"), "--postgres-bin", directory))
                .isEqualTo(2);
        assertThat(err.toString().lines())
                .singleElement()
                .asString()
                .startsWith("--postgres-bin: there is no program postgres in " + directory);
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void aReportIsNotCalledAsWhatStandsBesideIt() {
        assertThat(bench("--report", directory.resolve("report.json"), "--short", "ingest"))
                .isEqualTo(2);
        assertThat(err.toString().lines())
                .singleElement()
                .asString()
                .startsWith("--report: report.json is what the figures beside the table are called");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void aRateIsOneOfSingleSends() {
        assertThat(bench("--report", directory.resolve("report.md"), "--rate", 0, "single"))
                .isEqualTo(2);
        assertThat(bench("--report", directory.resolve("report.md"), "--rate", Integer.MAX_VALUE, "single"))
                .isEqualTo(2);
        assertThat(bench("--report", directory.resolve("report.md"), "--rate", 100, "idle"))
                .isEqualTo(2);
        assertThat(err.toString().lines())
                .containsExactly(
                        "--rate: 0 is no rate; give 1 to 1000000; see ./sluice bench --help",
                        "--rate: 2147483647 is no rate; give 1 to 1000000; see ./sluice bench --help",
                        "--rate: only single has one; add single, or leave it out; see ./sluice bench --help");
        assertThat(out.toString()).isEmpty();
    }

    /** The peers run from classes of their own, which only the launcher knows: that part fails where this test runs. */
    @Test
    void whatWasMeasuredBeforeAPartFailedIsWritten() throws IOException {
        Path report = directory.resolve("report.md");
        assertThat(bench("--report", report, "--short", "idle", "peers")).isEqualTo(1);
        assertThat(err.toString().lines()).singleElement().asString().contains("the peers' classes are not known");
        assertThat(report).content().contains("idle lane, p99", "NOT COMPLETE: it failed in peers;");
        JsonObject figures = new JsonObject(Files.readString(directory.resolve("report.json")));
        assertThat(figures.getString("failedIn")).isEqualTo("peers");
        assertThat(figures.getJsonArray("figures")).isNotEmpty();
    }

    private int bench(Object... options) {
        List<String> arguments = new ArrayList<>(List.of("bench"));
        Stream.of(options).map(Object::toString).forEach(arguments::add);
        CommandLine line = SluiceMain.commandLine();
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        return line.execute(arguments.toArray(String[]::new));
    }
}
