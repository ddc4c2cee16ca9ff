package dev.sluice.loadtest.report;

import dev.sluice.loadtest.chart.Label;
import dev.sluice.loadtest.markup.Element;
import dev.sluice.loadtest.markup.Node;
import dev.sluice.loadtest.report.data.PromiseRow;
import dev.sluice.loadtest.report.data.RunRecord;
import dev.sluice.loadtest.verdict.Invariant;
import java.util.ArrayList;
import java.util.List;

/** Whether the run kept every promise, in one sentence, in figures, and promise by promise. */
final class VerdictSection {
    private static final List<Label> HEAD = List.of(
            new Label("Promise", "承诺"),
            new Label("Invariant", "不变式"),
            new Label("Found", "实测"),
            new Label("Bound", "界限"),
            new Label("Verdict", "结论"));

    private VerdictSection() {}

    static List<Node> of(RunRecord run) {
        List<Node> section = new ArrayList<>();
        run.engineAway().ifPresent(away -> section.add(bad(EngineAwayWords.of(away))));
        section.add(sentence(run));
        section.add(RunTotals.of(run));
        section.add(new Label("Promises", "逐项承诺").in("h2"));
        section.add(new JudgedTable(
                        "promises",
                        HEAD,
                        run.promises().stream().map(VerdictSection::row).toList())
                .element());
        return section;
    }

    private static Element sentence(RunRecord run) {
        List<PromiseRow> promises = run.promises();
        long broken = promises.stream().filter(promise -> !promise.ok()).count();
        long judged = promises.stream().filter(PromiseRow::judged).count();
        if (judged == 0) {
            return bad(new Label("Nothing was judged.", "未作任何核对。"));
        }
        if (broken > 0) {
            return bad(new Label(broken + " of " + judged + " promises broken", judged + " 项承诺中有 " + broken + " 项未兑现"));
        }
        return new Label("All " + judged + " promises kept that were judged", "已核对的 " + judged + " 项承诺全部兑现")
                .in("p")
                .set("class", run.engineAway().isPresent() ? "soft" : "verdict good");
    }

    private static Element bad(Label words) {
        return words.in("p").set("class", "verdict bad");
    }

    private static JudgedTable.Row row(PromiseRow promise) {
        Label words = switch (promise.outcome()) {
            case OK -> new Label("✓ kept", "✓ 兑现");
            case BROKEN -> new Label("✗ broken", "✗ 未兑现");
            case NOT_JUDGED -> new Label("– not judged", "– 未核对");
        };
        return new JudgedTable.Row(
                promise.name(),
                List.of(Label.same(Invariant.names(promise.invariants())), promise.found(), promise.bound()),
                promise.outcome(),
                words);
    }
}
