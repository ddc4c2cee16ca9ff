package dev.sluice.loadtest.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class SluiceMainTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path directory;

    @Test
    void helpNamesEveryCommandInTwoLanguages() {
        assertThat(run("--help")).isZero();
        assertThat(out.toString()).contains("serve", "migrate", "simulator", "运行一个节点");
    }

    @Test
    void aWrongOptionIsOneLineAndExitCode2() {
        assertThat(run("serve", "--prot", "1")).isEqualTo(2);
        assertThat(err.toString().lines()).singleElement().asString().contains("--prot", "./sluice serve --help");
    }

    @Test
    void anUnknownCommandIsOneLineAndExitCode2() {
        assertThat(run("sevre")).isEqualTo(2);
        assertThat(err.toString().lines()).singleElement().asString().contains("sevre");
    }

    @Test
    void aWrongConfigurationIsExplainedWithoutAStackTrace() throws IOException {
        Path file = Files.writeString(directory.resolve("sluice.yaml"), "http: {prot: 1}");
        assertThat(run("serve", "--config", file.toString())).isEqualTo(2);
        assertThat(err.toString()).contains("http.prot is no known key").doesNotContain("\tat ");
    }

    @Test
    void aMissingConfigurationIsNamed() {
        assertThat(run("migrate", "-c", directory.resolve("none.yaml").toString()))
                .isEqualTo(2);
        assertThat(err.toString()).contains("none.yaml");
    }

    private int run(String... arguments) {
        CommandLine line = SluiceMain.commandLine();
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        return line.execute(arguments);
    }
}
