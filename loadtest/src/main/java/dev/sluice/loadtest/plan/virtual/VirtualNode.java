package dev.sluice.loadtest.plan.virtual;

import dev.sluice.engine.scheduling.TenantTurns;

/** A node: its places for calls in flight, which tenants share in turns as in the engine, and its processors. */
public final class VirtualNode {
    private final TenantTurns turns;
    private final Pace pace;
    private long busyUntilMicros;

    /** @param callsInFlight most calls without an answer, as the engine is configured */
    public VirtualNode(int callsInFlight, Pace pace) {
        this.turns = new TenantTurns(callsInFlight);
        this.pace = pace;
    }

    TenantTurns turns() {
        return turns;
    }

    /** Works for a call as soon as the work before it is done; how long until it is. */
    long work(int people, long nowMicros) {
        busyUntilMicros = Math.max(busyUntilMicros, nowMicros) + pace.workMicros(people);
        return busyUntilMicros - nowMicros;
    }
}
