package dev.sluice.loadtest.report;

import dev.sluice.loadtest.chart.Label;
import dev.sluice.loadtest.chart.Unit;
import dev.sluice.loadtest.markup.Element;
import dev.sluice.loadtest.report.data.RunRecord;
import dev.sluice.loadtest.report.data.Sample;

/** What a run came to, from its last sample. */
final class RunTotals {
    private RunTotals() {}

    static Element of(RunRecord run) {
        Element totals = Element.of("dl", "totals");
        if (run.samples().isEmpty()) {
            return totals;
        }
        Sample last = run.samples().getLast();
        add(totals, RunWords.OFFERED, Unit.COUNT.text((double) last.offered()));
        add(totals, RunWords.ACCEPTED, Unit.COUNT.text((double) last.accepted()));
        add(totals, RunWords.REFUSED, Unit.COUNT.text((double) last.refused()));
        add(totals, RunWords.SETTLED, Unit.COUNT.text((double) last.settled()));
        add(totals, RunWords.SHOWN, Unit.COUNT.text((double) last.shown()));
        add(totals, RunWords.CALLS, Unit.COUNT.text((double) last.calls()));
        add(totals, RunWords.FILL, Double.isFinite(last.fillRatio()) ? Unit.SHARE.text(last.fillRatio()) : "–");
        return totals;
    }

    private static void add(Element totals, Label name, String value) {
        totals.add(Element.of("div").add(name.in("dt"), Element.of("dd").text(value)));
    }
}
