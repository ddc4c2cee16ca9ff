package dev.sluice.loadtest.load;

import dev.sluice.loadtest.bench.report.Machine;
import dev.sluice.loadtest.report.data.RunHead;
import dev.sluice.loadtest.scenario.Scenario;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * When a load begins, and how busy the machine was just before.
 *
 * @param at the time of day
 * @param nanos the same on the clock of {@link System#nanoTime()}
 * @param loadAverage of the minute before
 */
record RunStart(Instant at, long nanos, double loadAverage) {
    /** So much from now, so that the last preparations do not make the first requests late. */
    static RunStart after(long leadNanos) {
        return new RunStart(Instant.now().plusNanos(leadNanos), System.nanoTime() + leadNanos, Machine.loadAverage());
    }

    /** Since then. */
    double seconds() {
        return (System.nanoTime() - nanos) / 1e9;
    }

    /**
     * The second of something that happened; 0 for what was before the start.
     *
     * @param happenedNanos on the clock of {@link System#nanoTime()}
     */
    double second(long happenedNanos) {
        return Math.max(0, (happenedNanos - nanos) / 1e9);
    }

    /**
     * The head of a report that is made now.
     *
     * @param seconds how long the run took
     * @param own facts that only this kind of run has
     */
    RunHead head(LoadOptions options, double seconds, Map<String, String> own) {
        Scenario scenario = options.scenario();
        return new RunHead(
                scenario.name(),
                scenario.descriptionEn(),
                scenario.descriptionZh(),
                at,
                seconds,
                Machine.name(),
                Machine.commit(),
                options.command(),
                facts(scenario, own));
    }

    private Map<String, String> facts(Scenario scenario, Map<String, String> own) {
        Map<String, String> facts = new LinkedHashMap<>(own);
        facts.put("seed", Long.toString(scenario.seed()));
        facts.put("JDK", Runtime.version().toString());
        facts.put("load average before", String.format(Locale.ROOT, "%.2f", loadAverage));
        facts.put("load average after", String.format(Locale.ROOT, "%.2f", Machine.loadAverage()));
        return facts;
    }
}
