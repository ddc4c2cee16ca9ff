package dev.sluice.loadtest.verdict;

import dev.sluice.loadtest.chart.Label;

/** When single sends arrived. Pure. */
final class SingleFindings {
    private static final Label ALL_ARRIVE = new Label("all arrive", "全部到达");

    private SingleFindings() {}

    /** How fast depends on the machine, so only a scenario that asks for it is judged by it; that each arrives does not. */
    static Finding of(Snapshot run) {
        Snapshot.Latencies singles = run.singles();
        double boundMillis = run.load().map(LoadReading::singlesP99BoundMillis).orElse(0.0);
        if (singles.sent() + singles.unseen() == 0) {
            return noSingles(boundMillis);
        }
        Label figure = new Label("%.0f / %.0f / %.0f ms, %d sent", "%.0f / %.0f / %.0f ms，发出 %d 条")
                .formatted(singles.p50Millis(), singles.p99Millis(), singles.maxMillis(), singles.sent());
        return boundMillis == 0
                ? Finding.of(Promise.SINGLES, figure, ALL_ARRIVE, singles.unseen() == 0)
                : Finding.of(
                        Promise.SINGLES,
                        figure,
                        ALL_ARRIVE.and(new Label(", ", "，")).and(p99(boundMillis)),
                        singles.unseen() == 0 && singles.p99Millis() <= boundMillis);
    }

    /** Where several sends have one content nobody can tell which of them a call carried; who asks for their time all the same has asked for too much. */
    private static Finding noSingles(double boundMillis) {
        Label figure = new Label("none with a content of its own", "没有内容独有的单发");
        return boundMillis == 0
                ? new Finding(Promise.SINGLES, figure, ALL_ARRIVE, Finding.Outcome.NOT_JUDGED)
                : Finding.of(Promise.SINGLES, figure, p99(boundMillis), false);
    }

    private static Label p99(double boundMillis) {
        return Label.same("p99 ≤ %,.0f ms").formatted(boundMillis);
    }
}
