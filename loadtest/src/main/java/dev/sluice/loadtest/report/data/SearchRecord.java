package dev.sluice.loadtest.report.data;

import dev.sluice.loadtest.report.data.SearchStep.Turn;
import dev.sluice.loadtest.scenario.SearchSpec;
import java.util.List;

/**
 * A whole search for the highest steady rate.
 *
 * @param head what was run
 * @param search what was looked for
 * @param steps in the order in which they were held, the warm-up first
 * @param highestPerSecond the highest rate that kept the bound; 0: not even the lowest did
 */
public record SearchRecord(RunHead head, SearchSpec search, List<SearchStep> steps, double highestPerSecond) {
    public SearchRecord {
        steps = List.copyOf(steps);
    }

    /** Whether any rate kept the bound. */
    public boolean found() {
        return highestPerSecond > 0;
    }

    /** The steps that decided, by rate: of a rate that was tried twice, the second one. The warm-up decides nothing. */
    public List<SearchStep> decisive() {
        return steps.stream()
                .filter(step -> step.turn() != Turn.WARM_UP)
                .filter(step -> step.kept() || step.turn() == Turn.SECOND)
                .sorted((one, other) -> Double.compare(one.perSecond(), other.perSecond()))
                .toList();
    }
}
