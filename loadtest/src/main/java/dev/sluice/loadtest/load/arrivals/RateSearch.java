package dev.sluice.loadtest.load.arrivals;

import dev.sluice.loadtest.scenario.SearchSpec;
import java.util.OptionalDouble;

/** Looks for the highest rate that holds: doubles while it does, then halves the gap in proportion. Not thread-safe. */
public final class RateSearch {
    /** Rates nearer to each other than this are not told apart: runs differ by more. */
    private static final double CLOSE = 1.05;

    private final SearchSpec spec;
    private double holds;
    private double fails = Double.POSITIVE_INFINITY;
    private double next;

    public RateSearch(SearchSpec spec) {
        this.spec = spec;
        this.next = spec.fromPerSecond();
    }

    /** The rate to try now; empty when the search is over. */
    public OptionalDouble next() {
        return Double.isNaN(next) ? OptionalDouble.empty() : OptionalDouble.of(next);
    }

    /** Says what became of that rate. */
    public void tried(boolean held) {
        if (held) {
            holds = next;
        } else {
            fails = next;
        }
        next = after();
    }

    private double after() {
        if (holds == 0 || holds >= spec.toPerSecond() || fails / holds < CLOSE) {
            return Double.NaN;
        }
        return fails == Double.POSITIVE_INFINITY ? Math.min(holds * 2, spec.toPerSecond()) : Math.sqrt(holds * fails);
    }

    /** The highest rate that held; 0 when not even the lowest did. */
    public double highest() {
        return holds;
    }
}
