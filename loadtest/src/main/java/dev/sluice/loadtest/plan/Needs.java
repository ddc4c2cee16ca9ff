package dev.sluice.loadtest.plan;

import dev.sluice.engine.model.Limits;
import dev.sluice.loadtest.scenario.Audience;
import dev.sluice.loadtest.scenario.StageSpec;

/**
 * What it takes that only quotas are in the way, by the measured costs.
 *
 * @param waiting people who still wait when the plan ends
 * @param lastMicros when the last one of the others is settled
 * @param callsPerSecond sends in the busiest 20 seconds
 * @param peoplePerSecond in the busiest 20 seconds
 * @param cores processors at work in them, for receipts too
 * @param callsInFlight without an answer in them
 * @param nodes machines like the measured one, processors and places for calls in flight at most 70 % busy
 * @param addresses public addresses
 * @param deliveryRows rows of people, whatever became of them, those who stand in a request again with them
 * @param callRows rows of calls, those for receipts with them
 * @param bytes of them in Postgres, indexes included
 * @param walBytes written ahead
 * @param measuredBy where the costs come from
 */
public record Needs(
        long waiting,
        long lastMicros,
        double callsPerSecond,
        double peoplePerSecond,
        double cores,
        double callsInFlight,
        long nodes,
        long addresses,
        long deliveryRows,
        long callRows,
        long bytes,
        long walBytes,
        String measuredBy) {
    private static final double BUSY_SECONDS = 20;
    /** Above it waiting times grow faster than work. */
    private static final double MOST_BUSY = 0.7;

    /** From a run without bounds but quotas. */
    static Needs of(Outcome boundless, CostModel costs, Tiers tiers) {
        double calls = boundless.peakCallsIn20Seconds() / BUSY_SECONDS;
        double people = boundless.peakPeopleIn20Seconds() / BUSY_SECONDS;
        double worked = boundless.peakWithReceiptsIn20Seconds() / BUSY_SECONDS;
        double cores = (worked * costs.value(CostFigure.CALL_CPU_MICROS)
                        + people * costs.value(CostFigure.DELIVERY_CPU_MICROS))
                / 1e6;
        double inFlight = calls * callSeconds(boundless, costs);
        long callRows = boundless.calls() + boundless.receipts();
        long rows = deliveryRows(boundless);
        return new Needs(
                boundless.waiting(),
                boundless.lastMicros(),
                calls,
                people,
                cores,
                inFlight,
                nodes(cores / costs.value(CostFigure.CORES_OF_A_NODE), inFlight / Planner.CALLS_IN_FLIGHT),
                addresses(boundless, tiers),
                rows,
                callRows,
                Math.round(
                        rows * costs.value(CostFigure.DELIVERY_BYTES) + callRows * costs.value(CostFigure.CALL_BYTES)),
                Math.round(rows * costs.value(CostFigure.DELIVERY_WAL_BYTES)
                        + callRows * costs.value(CostFigure.CALL_WAL_BYTES)),
                costs.source(CostFigure.DELIVERY_CPU_MICROS));
    }

    /** Whoever stands twice in a request or file has two rows and gets it once. */
    private static long deliveryRows(Outcome boundless) {
        long rows = boundless.people();
        for (int i = 0; i < boundless.loads().size(); i++) {
            Audience asked = boundless.scenario().load().get(i).audience();
            rows += boundless.loads().get(i).people() * asked.again(asked.people()) / asked.people();
        }
        return rows;
    }

    /** How long a call holds a node's place, on average. */
    private static double callSeconds(Outcome boundless, CostModel costs) {
        StageSpec.LatencyRange answer = boundless.scenario().stage().platformLatency();
        return ((answer.fromMillis() + answer.toMillis()) / 2.0 + costs.value(CostFigure.CALL_OVERHEAD_MILLIS)) / 1e3;
    }

    /** So many that neither their processors nor their places are the limit. */
    private static long nodes(double byCores, double byPlaces) {
        return (long) Math.max(1, Math.ceil(Math.max(byCores, byPlaces) / MOST_BUSY));
    }

    private static long addresses(Outcome boundless, Tiers tiers) {
        long perAddress = boundless.scenario().tenants().stream()
                .flatMap(group -> tiers.limits(group.tier()).stream())
                .mapToLong(limits -> limits.value(Limits.CALLS_PER_IP_AND_20S).orElse(Long.MAX_VALUE))
                .min()
                .orElse(Long.MAX_VALUE);
        return Math.max(1, Math.ceilDiv(boundless.peakAddressCalls(), perAddress));
    }
}
