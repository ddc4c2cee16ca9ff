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

class LoadCommandTest {
    private static final String KEY = "slc_live_notToBeShown";

    private final StringWriter err = new StringWriter();

    @TempDir
    private Path directory;

    @Test
    void allFaultsOfAScenarioAreListedAndTheExitCodeIs2() throws IOException {
        Path file = Files.writeString(directory.resolve("wrong.yaml"), "name: wrong\ncolour: red\n");
        assertThat(run(file.toString())).isEqualTo(2);
        assertThat(err.toString().lines())
                .hasSize(3)
                .allMatch(line -> line.startsWith(file + ": "))
                .anyMatch(line -> line.contains("colour: is no known key"));
    }

    @Test
    void aMissingScenarioIsNamedInOneLine() {
        assertThat(run("none.yaml")).isEqualTo(2);
        assertThat(err.toString().lines()).singleElement().asString().contains("none.yaml");
    }

    @Test
    void anEngineElsewhereNeedsAKeyAndTakesOneTenantAndNoFaults() {
        assertThat(run("scenarios/steady.yaml", "--engine", "http://127.0.0.1:1"))
                .isEqualTo(2);
        assertThat(run(
                        "scenarios/broken-credentials.yaml",
                        "--engine",
                        "http://127.0.0.1:1",
                        "--key",
                        KEY,
                        "--channel",
                        "hr"))
                .isEqualTo(2);
        assertThat(err.toString().lines()).hasSize(2).noneMatch(line -> line.contains(KEY));
        assertThat(err.toString()).contains("needs a URL", "one tenant");
    }

    private int run(String... arguments) {
        CommandLine line = SluiceMain.commandLine();
        line.setErr(new PrintWriter(err, true));
        String[] whole = new String[arguments.length + 1];
        whole[0] = "load";
        System.arraycopy(arguments, 0, whole, 1, arguments.length);
        return line.execute(whole);
    }
}
