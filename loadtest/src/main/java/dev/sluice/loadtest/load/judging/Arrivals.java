package dev.sluice.loadtest.load.judging;

import dev.sluice.engine.model.DeliveryState;
import dev.sluice.loadtest.evidence.PlatformTally;
import dev.sluice.loadtest.load.sending.Sent;
import dev.sluice.loadtest.report.data.LatencySeries;
import dev.sluice.loadtest.scenario.Expectation;
import dev.sluice.loadtest.verdict.Snapshot;
import dev.sluice.simulator.clock.PlatformClock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/** How long single sends took from their intended start to the platform. */
final class Arrivals {
    private static final double NANOS_PER_MILLI = 1e6;
    private static final long SECOND_NANOS = 1_000_000_000L;

    private final long offsetNanos;
    private final long startNanos;
    private final Histogram all = new Histogram(3);
    private final Map<Long, Histogram> bySecond = new TreeMap<>();
    private long unseen;

    /**
     * @param clock of the platform
     * @param startNanos when the load began, on the clock of {@link System#nanoTime()}
     */
    Arrivals(PlatformClock clock, long startNanos) {
        this.offsetNanos = clock.nanos() - System.nanoTime();
        this.startNanos = startNanos;
    }

    /**
     * Looks one up whose content nothing else has.
     *
     * @param states in which its people are
     */
    void add(Sent single, PlatformTally tally, Set<DeliveryState> states) {
        if (!single.traceable()) {
            return;
        }
        OptionalLong arrival = tally.arrivalNanos(single.contentHash());
        if (arrival.isPresent()) {
            long took = Math.max(0, arrival.getAsLong() - offsetNanos - single.dueNanos());
            all.recordValue(took);
            bySecond.computeIfAbsent((single.dueNanos() - startNanos) / SECOND_NANOS, second -> new Histogram(3))
                    .recordValue(took);
        } else if (states.contains(DeliveryState.EXPIRED)) {
            // It would have taken longer than this.
            all.recordValue((long) (single.load().deliverWithinSeconds() * SECOND_NANOS));
        } else if (single.load().expect() == Expectation.SETTLED && !states.contains(DeliveryState.SUPPRESSED)) {
            unseen++;
        }
    }

    Snapshot.Latencies summary() {
        return Snapshot.Latencies.of(all, unseen);
    }

    /** By the second of the intended start; empty where none was seen. */
    Optional<LatencySeries> series(String name) {
        List<LatencySeries.Point> points = bySecond.entrySet().stream()
                .map(second -> new LatencySeries.Point(
                        second.getKey(),
                        millis(second.getValue(), 50),
                        millis(second.getValue(), 99),
                        second.getValue().getMaxValue() / NANOS_PER_MILLI))
                .toList();
        return points.isEmpty() ? Optional.empty() : Optional.of(new LatencySeries(name, points));
    }

    private static double millis(Histogram took, double percentile) {
        return took.getValueAtPercentile(percentile) / NANOS_PER_MILLI;
    }
}
