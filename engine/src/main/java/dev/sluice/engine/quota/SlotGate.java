package dev.sluice.engine.quota;

/**
 * A limit of the form "at most {@code capacity} in any {@code windowMillis}", held as slots: what a call takes comes back one window after its answer, so two
 * calls through one slot reach the platform at least one window apart whatever the network does.
 *
 * @param scope whose state it is and the Redis hash tag, such as {@code app:12}, {@code org:3}, {@code ip:default}
 * @param name the limit within the scope; together with the window the key, so what is held counts against a capacity that was changed meanwhile. Of the form {@code qps:API}
 *     where it counts the calls to one API, {@code API} as in {@code call.api}; without a colon where it counts all calls of the scope: a lost state is
 *     rebuilt by that rule
 * @param capacity most units in a window
 * @param windowMillis the window
 * @param countsPeople whether a call takes one unit for each of its people, or one for itself
 */
public record SlotGate(String scope, String name, long capacity, long windowMillis, boolean countsPeople) {
    public SlotGate {
        if (capacity < 1 || windowMillis < 1) {
            throw new IllegalArgumentException(
                    "gate " + scope + "/" + name + " needs a capacity and a window of at least 1");
        }
    }

    /** Whether lanes of many apps share it: these stand in line there ({@link GateLines}). */
    public boolean widerThanApp() {
        return scope.startsWith("ip:") || scope.startsWith("org:");
    }

    /** How people see it: {@code qps:asyncsend_v2 20 per 1 s}. */
    public String label() {
        return name + " " + capacity + " per " + windowMillis / 1000 + " s";
    }
}
