package dev.sluice.loadtest.report;

import dev.sluice.loadtest.chart.Label;
import dev.sluice.loadtest.chart.Unit;
import dev.sluice.loadtest.markup.Element;
import dev.sluice.loadtest.report.data.SearchRecord;
import dev.sluice.loadtest.report.data.SearchStep;
import dev.sluice.loadtest.report.data.SearchStep.Turn;
import dev.sluice.loadtest.verdict.Finding.Outcome;
import java.util.List;
import java.util.stream.Stream;

/** Every rate that was held, in the order of trying. */
final class SearchSteps {
    private static final List<Label> HEAD = List.of(
            new Label("Try", "尝试"),
            new Label("Requests a second", "每秒请求数"),
            new Label("Accepted requests", "接受的请求"),
            new Label("Refused people", "拒绝的人数"),
            Label.same("p50"),
            Label.same("p99"),
            RunWords.MAX,
            new Label("Bound", "界限"));

    private SearchSteps() {}

    static Element of(SearchRecord record) {
        return new JudgedTable(
                        "steps",
                        HEAD,
                        record.steps().stream().map(SearchSteps::row).toList())
                .element();
    }

    private static JudgedTable.Row row(SearchStep step) {
        List<Label> cells = Stream.of(
                        Unit.COUNT.text(step.perSecond()),
                        Unit.COUNT.text((double) step.accepted()),
                        Unit.COUNT.text((double) step.refused()),
                        millis(step.p50Millis()),
                        millis(step.p99Millis()),
                        millis(step.maxMillis()))
                .map(Label::same)
                .toList();
        Outcome outcome = step.turn() == Turn.WARM_UP ? Outcome.NOT_JUDGED : step.kept() ? Outcome.OK : Outcome.BROKEN;
        return new JudgedTable.Row(SearchStepWords.of(step), cells, outcome, words(outcome));
    }

    private static Label words(Outcome outcome) {
        return switch (outcome) {
            case OK -> new Label("✓ kept", "✓ 达到");
            case BROKEN -> new Label("✗ not kept", "✗ 未达到");
            case NOT_JUDGED -> new Label("– not judged", "– 未核对");
        };
    }

    private static String millis(double value) {
        return Double.isFinite(value) ? Unit.MILLIS.text(value) : "–";
    }
}
