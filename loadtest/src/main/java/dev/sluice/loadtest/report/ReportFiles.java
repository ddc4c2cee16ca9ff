package dev.sluice.loadtest.report;

import dev.sluice.loadtest.report.data.RunRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Where the report of a run is kept: {@code DIRECTORY/SCENARIO-START.html}, and {@code .json} beside it. */
public final class ReportFiles {
    private static final DateTimeFormatter START =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final int MOST_NAME_CHARS = 60;

    private ReportFiles() {}

    /**
     * Writes both files, making the directory if there is none.
     *
     * @return the HTML file
     */
    public static Path write(Path directory, RunRecord run) throws IOException {
        Files.createDirectories(directory);
        String name = name(run);
        Files.write(
                directory.resolve(name + ".json"), RunJson.of(run).toBuffer().getBytes());
        return Files.writeString(directory.resolve(name + ".html"), RunReport.html(run));
    }

    /** Scenarios are named by users: of a name only letters and digits become part of a path. */
    static String name(RunRecord run) {
        String words = run.scenario().toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]+", "-");
        String kept = words.codePoints()
                .limit(MOST_NAME_CHARS)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString()
                .replaceAll("^-|-$", "");
        return (kept.isEmpty() ? "run" : kept) + "-" + START.format(run.startedAt());
    }
}
