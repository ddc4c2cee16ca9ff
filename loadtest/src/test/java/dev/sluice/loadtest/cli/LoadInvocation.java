package dev.sluice.loadtest.cli;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine;

/** One {@code ./sluice load} in this process, with its report: what it said may be read while it runs. */
final class LoadInvocation {
    private final Path directory;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    /**
     * @param directory an empty one, for the scenario and the report
     */
    LoadInvocation(Path directory) {
        this.directory = directory;
    }

    /** Gives the exit code. */
    int run(String scenario, String... more) throws IOException {
        Path file = Files.writeString(directory.resolve("scenario.yaml"), scenario);
        List<String> arguments = new ArrayList<>(
                List.of("load", file.toString(), "--plain", "--lang", "en", "--report", directory.toString()));
        arguments.addAll(List.of(more));
        CommandLine line = SluiceMain.commandLine();
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        return line.execute(arguments.toArray(String[]::new));
    }

    String out() {
        return out.toString();
    }

    /** Everything, for a test that fails. */
    String said() {
        return out + "\n" + err;
    }

    JsonObject report() throws IOException {
        return new JsonObject(Files.readString(reportFile(".json")));
    }

    Path reportFile(String ending) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
