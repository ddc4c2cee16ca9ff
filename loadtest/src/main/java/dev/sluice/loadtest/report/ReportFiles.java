package dev.sluice.loadtest.report;

import dev.sluice.loadtest.report.data.RunHead;
import dev.sluice.loadtest.report.data.RunRecord;
import dev.sluice.loadtest.report.data.SearchRecord;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Where the report of a run or a search is kept: {@code DIRECTORY/SCENARIO-START.html}, and {@code .json} beside it. */
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
        return write(directory, run.head(), RunJson.of(run), RunReport.html(run));
    }

    /** The same of a search. */
    public static Path write(Path directory, SearchRecord search) throws IOException {
        return write(directory, search.head(), SearchJson.of(search), SearchReport.html(search));
    }

    private static Path write(Path directory, RunHead head, JsonObject json, String html) throws IOException {
        Files.createDirectories(directory);
        String name = name(head);
        Files.write(directory.resolve(name + ".json"), json.toBuffer().getBytes());
        return Files.writeString(directory.resolve(name + ".html"), html);
    }

    /** Scenarios are named by users: of a name only letters and digits become part of a path. */
    static String name(RunHead head) {
        String words = head.scenario().toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]+", "-");
        String kept = words.codePoints()
                .limit(MOST_NAME_CHARS)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString()
                .replaceAll("^-|-$", "");
        return (kept.isEmpty() ? "run" : kept) + "-" + START.format(head.startedAt());
    }
}
