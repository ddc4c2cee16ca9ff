package dev.sluice.loadtest.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.loadtest.plan.CostFigure;
import dev.sluice.loadtest.plan.CostModel;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {
    @Test
    void everyRunLeavesATableForPeopleAndTheSameFiguresForMachines(@TempDir Path folder) throws IOException {
        Report report = new Report(new PrintWriter(new StringWriter()));
        report.add(Figure.of("  share of the echo", "%", List.of(31.5, 30.25, 29.0), "floor 25 %"));
        Path file = folder.resolve("results.md");

        report.write(file, Machine.now(), "./sluice bench single");

        assertThat(Files.readString(file)).contains("share of the echo", "30.25 %", "29.00 - 31.50", "Commit: ");
        JsonObject written = new JsonObject(Files.readString(folder.resolve("results.json")));
        assertThat(written.getJsonObject("machine").getString("command")).isEqualTo("./sluice bench single");
        JsonObject figure = written.getJsonArray("figures").getJsonObject(0);
        assertThat(figure.getString("what")).isEqualTo("share of the echo");
        assertThat(figure.getDouble("median")).isEqualTo(30.25);
        assertThat(figure.getJsonArray("values")).isEqualTo(new JsonArray(List.of(29.0, 30.25, 31.5)));
    }

    @Test
    void aPlanReadsTheCostsThatABenchmarkWrites(@TempDir Path folder) throws IOException {
        Report report = new Report(new PrintWriter(new StringWriter()));
        report.coefficient("callBytes", 1_234.5);

        report.write(folder.resolve("results.md"), Machine.now(), "./sluice bench cost");

        CostModel costs = CostModel.measured().over(Files.readString(folder.resolve("results.costs.yaml")));
        assertThat(costs.value(CostFigure.CALL_BYTES)).isEqualTo(1_234.5);
        assertThat(costs.source(CostFigure.CALL_BYTES)).matches("./sluice bench cost, \\d{4}-\\d\\d-\\d\\d");
        assertThat(costs.value(CostFigure.CALL_OVERHEAD_MILLIS))
                .as("what a benchmark does not measure stays")
                .isEqualTo(CostModel.measured().value(CostFigure.CALL_OVERHEAD_MILLIS));
    }
}
