package dev.sluice.loadtest.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** Every option that names where a command writes. */
class OutputPlaceTest {
    private static final String LOAD = "load scenarios/steady.yaml --report";
    private static final String PLAN = "plan scenarios/steady.yaml --report";
    private static final String BENCH = "bench ingest --short --report";
    private static final String DEMO = "demo --people 10 --data";
    /** Nobody, not even root, can make a file there. */
    private static final Path NO_PLACE = Path.of("/proc");

    /** Nobody can open it to write, though root is told that it may. */
    private static final Path NO_FILE = Path.of("/sys/kernel/uevent_seqnum");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(strings = {LOAD, PLAN, BENCH, DEMO})
    void aPlaceThatCannotBeWrittenIsSaidBeforeAnythingStarts(String command) throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "");
        assertThat(run(command, file.resolve("below"))).isEqualTo(2);
        assertThat(run(command, NO_PLACE.resolve("sluice"))).isEqualTo(2);
        String option = command.substring(command.lastIndexOf(' ') + 1);
        assertThat(err.toString().lines())
                .hasSize(2)
                .allSatisfy(line -> assertThat(line)
                        .startsWith(option + ": cannot write in ")
                        .contains("name a directory that you may write to"));
        assertThat(out.toString()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {LOAD, DEMO})
    void aDirectoryThatIsThereMustTakeFiles(String command) {
        assertThat(run(command, NO_PLACE)).isEqualTo(2);
        assertThat(err.toString()).contains("cannot write in " + NO_PLACE);
    }

    @ParameterizedTest
    @ValueSource(strings = {PLAN, BENCH})
    void aDirectoryIsNoFile(String command) {
        assertThat(run(command, directory)).isEqualTo(2);
        assertThat(err.toString().lines())
                .singleElement()
                .asString()
                .startsWith("--report: " + directory + " is a directory: name a file in it");
    }

    @Test
    void aDirectoryIsNoFileBesideTheReportEither() throws IOException {
        Path report = Files.writeString(directory.resolve("report.md"), "of yesterday");
        Path beside = Files.createDirectory(directory.resolve("report.json"));
        assertThat(run(BENCH, report)).isEqualTo(2);
        assertThat(err.toString()).startsWith("--report: " + beside + " is a directory");
        assertThat(report).as("what was only tried").hasContent("of yesterday");
    }

    @ParameterizedTest
    @ValueSource(strings = {PLAN, BENCH})
    void aFileThatIsThereMustOpen(String command) {
        assertThat(run(command, NO_FILE)).isEqualTo(2);
        assertThat(err.toString()).startsWith("--report: cannot write ");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void aDirectoryThatIsNotThereIsMade() {
        Path report = directory.resolve("new").resolve("plan.html");
        assertThat(run(PLAN, report)).isZero();
        assertThat(report).isNotEmptyFile();
        assertThat(report.getParent())
                .as("what was tried there is gone")
                .isDirectoryNotContaining(file -> !file.equals(report));
    }

    private int run(String command, Path place) {
        List<String> arguments = new ArrayList<>(Arrays.asList(command.split(" ")));
        arguments.add(place.toString());
        CommandLine line = SluiceMain.commandLine();
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        return line.execute(arguments.toArray(String[]::new));
    }
}
