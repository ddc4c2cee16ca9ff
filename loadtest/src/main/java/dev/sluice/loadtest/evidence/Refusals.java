package dev.sluice.loadtest.evidence;

import dev.sluice.loadtest.verdict.Snapshot;
import dev.sluice.simulator.Simulator;
import java.util.Map;
import java.util.TreeMap;

/** Calls that the platform refused for what they were, and not for when they came or for what is left of the month. */
public final class Refusals {
    private static final String SUCCESS = "0";

    private Refusals() {}

    /** From the whole ledger, whoever called and for whatever. */
    public static Snapshot.Refusals of(Simulator simulator) {
        Map<String, Long> codes = new TreeMap<>();
        simulator.ledger().forEach(call -> {
            boolean refused = call.processed() && !call.outcome().equals(SUCCESS);
            if (refused && !call.throttled() && !PlatformTally.MONTH_SPENT.contains(call.outcome())) {
                codes.merge(call.outcome(), 1L, Long::sum);
            }
        });
        return new Snapshot.Refusals(true, codes);
    }
}
