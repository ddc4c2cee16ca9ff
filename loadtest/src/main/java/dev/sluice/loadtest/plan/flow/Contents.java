package dev.sluice.loadtest.plan.flow;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * The contents that a load takes in turn; loads of the same name have the same ones.
 *
 * @param name as in the scenario
 * @param count how many; 0: each submission has its own
 */
record Contents(String name, int count) {
    /** Whether two submissions may have the same one. */
    boolean repeats() {
        return count > 0;
    }

    UUID hash(long number) {
        long which = count == 0 ? number : number % count;
        return UUID.nameUUIDFromBytes((name + "#" + which).getBytes(StandardCharsets.UTF_8));
    }
}
