package dev.sluice.loadtest.verdict;

import dev.sluice.loadtest.chart.Label;

/**
 * One promise after a run.
 *
 * @param promise which
 * @param figure what was found, one part for each organisation where they differ
 * @param bound what it must be
 * @param outcome whether it is
 */
public record Finding(Promise promise, Label figure, Label bound, Outcome outcome) {
    /** How it ended. */
    public enum Outcome {
        OK,
        BROKEN,
        /** The run was too small to say, there is no bound, or the engine was away and did not say. */
        NOT_JUDGED
    }

    static Finding of(Promise promise, Label figure, Label bound, boolean holds) {
        return new Finding(promise, figure, bound, holds ? Outcome.OK : Outcome.BROKEN);
    }

    /** Whether an invariant is broken. */
    public boolean broken() {
        return outcome == Outcome.BROKEN;
    }
}
