package dev.sluice.loadtest.report;

import dev.sluice.loadtest.report.data.SearchRecord;
import dev.sluice.loadtest.report.data.SearchStep;
import dev.sluice.loadtest.report.data.SearchStep.Turn;
import dev.sluice.loadtest.scenario.SearchSpec;
import java.util.List;
import java.util.Map;

/** Searches as the load generator records them. */
final class RecordedSearches {
    private static final SearchSpec SEARCH = new SearchSpec(100, 20_000, 8, 50);

    private RecordedSearches() {}

    /** 200 a second held, at the second time; 400 did not. */
    static SearchRecord found() {
        return of(
                200,
                new SearchStep(0, Turn.WARM_UP, 100, 800, 0, 9, 300, 400, false),
                new SearchStep(1, Turn.FIRST, 100, 800, 0, 3, 10, 20, true),
                new SearchStep(2, Turn.FIRST, 200, 1_600, 0, 4, 700, 900, false),
                new SearchStep(2, Turn.SECOND, 200, 1_600, 0, 4, 12, 30, true),
                new SearchStep(3, Turn.FIRST, 400, 3_100, 100, 40, 1_500, 2_000, false),
                new SearchStep(3, Turn.SECOND, 400, 3_200, 0, 30, 1_200, 1_800, false));
    }

    /** Nobody answered at all. */
    static SearchRecord nothing() {
        double none = Double.NaN;
        return of(
                0,
                new SearchStep(1, Turn.FIRST, 100, 0, 800, none, none, none, false),
                new SearchStep(1, Turn.SECOND, 100, 0, 800, none, none, none, false));
    }

    static SearchRecord of(double highestPerSecond, SearchStep... steps) {
        return new SearchRecord(
                RecordedRuns.head("highest", 60, Map.of("nodes", "1")), SEARCH, List.of(steps), highestPerSecond);
    }
}
