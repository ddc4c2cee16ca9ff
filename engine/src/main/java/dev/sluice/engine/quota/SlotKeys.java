package dev.sluice.engine.quota;

/**
 * Names of keys: {@code sluice:{app:12}:qps:asyncsend_v2:1000}. The braces make the scope the hash tag, so all keys of a scope live on one server of a
 * cluster. The capacity is in none of them: who asks under a changed limit, or under the former one again, finds what is held.
 *
 * @param prefix what all keys start with
 */
record SlotKeys(String prefix) {
    /** An unused gate lives this long: an idle lane pays for one rebuild a day at most, and idle gates are forgotten. Must be longer than any hold. */
    static final long IDLE_MILLIS = 24 * 3_600_000L;

    /** A gate that is claimed and never rebuilt is forgotten so long after its rebuild has waited for the last grants. */
    static final long CLAIM_MILLIS = 60_000;

    String of(SlotGate gate) {
        return prefix + "{" + gate.scope() + "}:" + gate.name() + ":" + gate.windowMillis();
    }
}
