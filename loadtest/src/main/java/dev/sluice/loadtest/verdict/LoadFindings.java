package dev.sluice.loadtest.verdict;

import java.util.List;
import java.util.Locale;

/** The findings over what only a load has. Pure. */
final class LoadFindings {
    private LoadFindings() {}

    static List<Finding> of(LoadReading load) {
        return List.of(refused(load), prompt(load), known(load), apart(load), explained(load), stayed(load));
    }

    static Finding refused(LoadReading load) {
        return Finding.of(
                Promise.REFUSED,
                "%,d of %,d".formatted(load.refused(), load.requests()),
                "≤ " + percent(load.mostRefusedShare()),
                load.refused() <= load.mostRefusedShare() * load.requests());
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }

    static Finding prompt(LoadReading load) {
        Snapshot.Latencies took = load.accepted();
        double boundMillis = load.acceptP99BoundMillis();
        String bound = boundMillis == 0 ? "none given" : String.format(Locale.ROOT, "p99 ≤ %.0f ms", boundMillis);
        if (took.sent() == 0) {
            return new Finding(Promise.PROMPT, "no request was accepted", bound, Finding.Outcome.NOT_JUDGED);
        }
        String figure = String.format(
                Locale.ROOT, "%.1f / %.1f / %.0f ms", took.p50Millis(), took.p99Millis(), took.maxMillis());
        return boundMillis == 0
                ? new Finding(Promise.PROMPT, figure, bound, Finding.Outcome.NOT_JUDGED)
                : Finding.of(Promise.PROMPT, figure, bound, took.p99Millis() <= boundMillis);
    }

    /** A request without an answer may have been accepted; more rows than such requests came from nowhere. */
    private static Finding known(LoadReading load) {
        return Finding.of(
                Promise.KNOWN,
                "%,d".formatted(load.foundRows()),
                "≤ %,d unanswered".formatted(load.unanswered()),
                load.foundRows() <= load.unanswered());
    }

    private static Finding apart(LoadReading load) {
        return Finding.of(Promise.APART, "%,d".formatted(load.foreignPeople()), "0", load.foreignPeople() == 0);
    }

    private static Finding explained(LoadReading load) {
        return Finding.of(
                Promise.EXPLAINED,
                "%,d of %,d asked".formatted(load.waiting() - load.unexplained(), load.waiting()),
                "all",
                load.unexplained() == 0);
    }

    /** Every queue is bounded, so that no load takes a node's memory. */
    private static Finding stayed(LoadReading load) {
        return Finding.of(Promise.STAYED, "%,d".formatted(load.endedNodes()), "0", load.endedNodes() == 0);
    }
}
