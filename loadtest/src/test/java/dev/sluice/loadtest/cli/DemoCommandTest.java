package dev.sluice.loadtest.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.testkit.PlatformMidnight;
import dev.sluice.loadtest.verdict.Promise;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class DemoCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path directory;

    @Test
    void aSmallDemoKeepsEveryPromiseAndSaysSo() {
        PlatformMidnight.avoid();
        int exitCode = run("demo", "--people", "300", "--plain", "--lang", "en");
        assertThat(exitCode).as(() -> out + "" + err).isZero();
        assertThat(out.toString())
                .contains("standard", "professional", "enterprise", "300/300", "Every promise was kept.")
                .doesNotContain("BROKEN");
        // Those after the single sends are judged from the log of a load's client.
        for (Promise promise : EnumSet.range(Promise.ACCEPTED, Promise.SINGLES)) {
            assertThat(out.toString().lines())
                    .filteredOn(line -> line.startsWith(promise.title().english()))
                    .as(promise.name())
                    .singleElement()
                    .asString()
                    .endsWith(promise == Promise.MINUTE_USE ? "-" : "OK");
        }
    }

    @Test
    void aWrongPeopleFileIsOneLineAndExitCode2() throws IOException {
        Path file = Files.writeString(directory.resolve("my.csv"), "name\nAnna\n");
        assertThat(run("demo", "--people", file.toString())).isEqualTo(2);
        assertThat(err.toString().lines()).singleElement().asString().contains("my.csv", "column recipient");
    }

    @Test
    void aSizeThatNoDemoTakesIsOneLineAndExitCode2() {
        assertThat(run("demo", "--people", "3")).isEqualTo(2);
        assertThat(run("demo", "--seconds", "99999")).isEqualTo(2);
        assertThat(run("demo", "--seconds", "60", "--people", "100")).isEqualTo(2);
        assertThat(err.toString().lines()).hasSize(3);
    }

    private int run(String... arguments) {
        CommandLine line = SluiceMain.commandLine();
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        return line.execute(arguments);
    }
}
