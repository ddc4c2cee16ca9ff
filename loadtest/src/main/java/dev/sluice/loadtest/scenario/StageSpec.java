package dev.sluice.loadtest.scenario;

import java.util.Map;

/**
 * What a run stands on.
 *
 * @param nodes engine processes that share Postgres and Redis
 * @param platformLatency how long the platform takes to answer
 * @param egressAddresses public addresses that the calls come from; the platform limits each
 * @param receiptAfterMillis after a work notice, until its result is first asked for
 * @param platformLimits laid over the simulator's limits file, nested as there
 */
public record StageSpec(
        int nodes,
        LatencyRange platformLatency,
        int egressAddresses,
        int receiptAfterMillis,
        Map<String, Object> platformLimits) {
    public StageSpec {
        platformLimits = Map.copyOf(platformLimits);
    }

    /** The same with so many public addresses more. */
    public StageSpec withMoreAddresses(int more) {
        return new StageSpec(nodes, platformLatency, egressAddresses + more, receiptAfterMillis, platformLimits);
    }

    /** Evenly spread between two bounds, both included. */
    public record LatencyRange(int fromMillis, int toMillis) {}
}
