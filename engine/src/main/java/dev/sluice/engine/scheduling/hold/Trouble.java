package dev.sluice.engine.scheduling.hold;

import java.util.Arrays;
import java.util.Optional;

/** What holds a lane back although no limit, no platform's wish and no person does: something is out of order, and an operator should hear of it. */
public enum Trouble {
    /** Redis does not say whether a call may go. */
    LIMITER("limiter", "Redis does not say whether a call may go"),
    /** Redis does not say who may travel today. */
    PEOPLE("people gate", "Redis does not say who may get something today"),
    /** Postgres takes no intent. */
    POSTGRES("postgres", "Postgres writes down no calls"),
    /** No access token could be had. */
    TOKEN("access token", "the platform gives no access token"),
    /** The platform did not answer several times in a row, or only with faults. */
    CIRCUIT("circuit", "the platform does not answer, or only with faults"),
    /** Calls are ready too late to leave, or the node's lease is not renewed. */
    LATE("late calls", "calls are ready too late to leave: a store or this node is too slow");

    private final String gate;
    private final String meaning;

    Trouble(String gate, String meaning) {
        this.gate = gate;
        this.meaning = meaning;
    }

    /** The name of its hold, as statuses and metrics show it. */
    public String gate() {
        return gate;
    }

    /** What is out of order, for people: goes on a sentence. */
    public String meaning() {
        return meaning;
    }

    /** The one whose hold is called so; empty for all other holds. */
    static Optional<Trouble> of(String gate) {
        return Arrays.stream(values())
                .filter(trouble -> trouble.gate.equals(gate))
                .findFirst();
    }
}
