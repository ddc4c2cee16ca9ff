package dev.sluice.loadtest.report.data;

import dev.sluice.loadtest.chart.Label;
import dev.sluice.loadtest.verdict.Finding.Outcome;
import dev.sluice.loadtest.verdict.Invariant;
import dev.sluice.loadtest.verdict.Verdict;
import java.util.List;

/**
 * One line of the verdict.
 *
 * @param name of the promise
 * @param invariants that it looks at
 * @param found what was measured
 * @param bound what it must be
 * @param outcome whether it was kept, as far as it was judged
 */
public record PromiseRow(Label name, List<Invariant> invariants, Label found, Label bound, Outcome outcome) {
    public PromiseRow {
        invariants = List.copyOf(invariants);
    }

    /** The lines of a verdict in its order. */
    public static List<PromiseRow> of(Verdict verdict) {
        return verdict.findings().stream()
                .map(finding -> new PromiseRow(
                        finding.promise().title(),
                        finding.promise().invariants(),
                        finding.figure(),
                        finding.bound(),
                        finding.outcome()))
                .toList();
    }

    /** False only when it is broken. */
    public boolean ok() {
        return outcome != Outcome.BROKEN;
    }

    /** False when the run could not show it. */
    public boolean judged() {
        return outcome != Outcome.NOT_JUDGED;
    }
}
