package dev.sluice.loadtest.report.data;

import dev.sluice.loadtest.verdict.Finding.Outcome;

/**
 * One line of the verdict.
 *
 * @param name of the promise
 * @param found what was measured
 * @param bound what it must be
 * @param outcome whether it was kept, as far as it was judged
 */
public record PromiseRow(String name, String found, String bound, Outcome outcome) {
    /** False only when it is broken. */
    public boolean ok() {
        return outcome != Outcome.BROKEN;
    }

    /** False when the run could not show it. */
    public boolean judged() {
        return outcome != Outcome.NOT_JUDGED;
    }
}
