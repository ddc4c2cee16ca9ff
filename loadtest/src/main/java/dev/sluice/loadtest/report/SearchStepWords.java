package dev.sluice.loadtest.report;

import dev.sluice.loadtest.chart.Label;
import dev.sluice.loadtest.report.data.SearchStep;

/** What the steps of a search are called among people. */
public final class SearchStepWords {
    private SearchStepWords() {}

    /** The warm-up, or the number of the rate in the order of trying. */
    public static Label of(SearchStep step) {
        return switch (step.turn()) {
            case WARM_UP -> new Label("warm-up", "预热");
            case FIRST -> Label.same(Integer.toString(step.number()));
            case SECOND -> new Label(step.number() + ", again", step.number() + "，再试");
        };
    }
}
