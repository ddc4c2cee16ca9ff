package dev.sluice.loadtest.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReportFilesTest {
    @TempDir
    Path directory;

    @Test
    void bothFilesStandInTheDirectory() throws IOException {
        Path html = ReportFiles.write(directory.resolve("new/one"), RecordedRuns.of(3));
        assertThat(html).hasFileName("steady-20261121-120000.html").isNotEmptyFile();
        String json = Files.readString(html.resolveSibling("steady-20261121-120000.json"));
        assertThat(new JsonObject(json).getString("schema")).isEqualTo(RunJson.SCHEMA);
    }

    @Test
    void aSearchIsKeptInTheSameWay() throws IOException {
        Path html = ReportFiles.write(directory, RecordedSearches.found());
        assertThat(html).hasFileName("highest-20261121-120000.html").isNotEmptyFile();
        String json = Files.readString(html.resolveSibling("highest-20261121-120000.json"));
        assertThat(new JsonObject(json).getString("schema")).isEqualTo(SearchJson.SCHEMA);
    }

    @ParameterizedTest
    @CsvSource({"../../etc/passwd, etc-passwd", "月底, 月底", "'<>', run", "-A b-, a-b"})
    void aNameNeverLeavesTheDirectory(String scenario, String shown) {
        assertThat(ReportFiles.name(RecordedRuns.head(scenario, 1, Map.of()))).isEqualTo(shown + "-20261121-120000");
    }
}
