package dev.sluice.loadtest.bench.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Repeats of one measurement. */
public record Samples(List<Double> values) {
    public Samples {
        if (values.isEmpty()) {
            throw new IllegalArgumentException("nothing was measured");
        }
        List<Double> sorted = new ArrayList<>(values);
        Collections.sort(sorted);
        values = List.copyOf(sorted);
    }

    /** The middle one; of an even number, the lower of the two. */
    public double median() {
        return values.get((values.size() - 1) / 2);
    }

    double least() {
        return values.getFirst();
    }

    double most() {
        return values.getLast();
    }

    int count() {
        return values.size();
    }
}
