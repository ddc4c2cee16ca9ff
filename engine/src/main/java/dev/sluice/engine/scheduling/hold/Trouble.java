package dev.sluice.engine.scheduling.hold;

import java.util.Arrays;
import java.util.Optional;

/** What holds a lane back although no limit, no platform's wish and no person does: something is out of order, and an operator should hear of it. */
public enum Trouble {
    /** Redis does not say whether a call may go. */
    LIMITER("limiter"),
    /** Redis does not say who may travel today. */
    PEOPLE("people gate"),
    /** Postgres takes no intent. */
    POSTGRES("postgres"),
    /** No access token could be had. */
    TOKEN("access token"),
    /** The platform did not answer several times in a row. */
    CIRCUIT("circuit"),
    /** Calls are ready too late to leave, or the node's lease is not renewed. */
    LATE("late calls");

    private final String gate;

    Trouble(String gate) {
        this.gate = gate;
    }

    /** The name of its hold, as statuses and metrics show it. */
    public String gate() {
        return gate;
    }

    /** The one whose hold is called so; empty for all other holds. */
    static Optional<Trouble> of(String gate) {
        return Arrays.stream(values())
                .filter(trouble -> trouble.gate.equals(gate))
                .findFirst();
    }
}
