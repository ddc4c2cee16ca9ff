package dev.sluice.loadtest.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.loadtest.report.data.RunRecord;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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

    @ParameterizedTest
    @CsvSource({"../../etc/passwd, etc-passwd", "月底, 月底", "'<>', run", "-A b-, a-b"})
    void aNameNeverLeavesTheDirectory(String scenario, String shown) {
        RunRecord run = RecordedRuns.of(scenario, 1, List.of(), List.of(), Map.of());
        assertThat(ReportFiles.name(run)).isEqualTo(shown + "-20261121-120000");
    }
}
