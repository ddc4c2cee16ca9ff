package dev.sluice.loadtest.report;

import dev.sluice.engine.model.DeliveryState;
import dev.sluice.loadtest.chart.Label;
import dev.sluice.loadtest.chart.Unit;
import dev.sluice.loadtest.markup.Element;
import dev.sluice.loadtest.markup.Node;
import dev.sluice.loadtest.report.data.RunRecord;
import dev.sluice.loadtest.report.data.Sample;
import dev.sluice.loadtest.report.data.StageSample;
import dev.sluice.loadtest.terminal.Language;
import dev.sluice.loadtest.terminal.StateWords;
import java.util.List;
import java.util.Map;

/** What a run came to: its last sample, and everybody by state. */
final class RunTotals {
    private RunTotals() {}

    static Element of(RunRecord run) {
        Element totals = empty();
        if (run.samples().isEmpty()) {
            return totals;
        }
        Sample last = run.samples().getLast();
        add(totals, RunWords.OFFERED, last.offered());
        add(totals, RunWords.ACCEPTED, last.accepted());
        add(totals, RunWords.REFUSED, last.refused());
        add(totals, RunWords.SETTLED, last.settled());
        last.stage().ifPresent(stage -> addStage(totals, stage));
        return totals;
    }

    private static void addStage(Element totals, StageSample stage) {
        add(totals, RunWords.SHOWN, stage.shown());
        add(totals, RunWords.CALLS, stage.calls());
        add(totals, RunWords.FILL, Double.isFinite(stage.fillRatio()) ? Unit.SHARE.text(stage.fillRatio()) : "–");
    }

    /** States in which somebody is; nothing where nobody was asked about. */
    static List<Node> states(RunRecord run) {
        Map<DeliveryState, Long> states = run.states();
        Element totals = empty();
        for (DeliveryState state : DeliveryState.values()) {
            long people = states.getOrDefault(state, 0L);
            if (people > 0) {
                add(totals, new Label(StateWords.of(state, Language.EN), StateWords.of(state, Language.ZH)), people);
            }
        }
        return states.values().stream().allMatch(people -> people == 0)
                ? List.of()
                : List.of(title(run).in("h2"), totals);
    }

    private static Label title(RunRecord run) {
        return run.engineAway().isEmpty()
                ? new Label("People by state, as the API says", "各状态人数（据 API）")
                : new Label("People by state, as the API said before the engine went away", "各状态人数（引擎失联前 API 所示）");
    }

    private static Element empty() {
        return Element.of("dl", "totals");
    }

    private static void add(Element totals, Label name, long people) {
        add(totals, name, Unit.COUNT.text((double) people));
    }

    private static void add(Element totals, Label name, String value) {
        totals.add(Element.of("div").add(name.in("dt"), Element.of("dd").text(value)));
    }
}
