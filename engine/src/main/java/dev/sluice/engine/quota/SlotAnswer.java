package dev.sluice.engine.quota;

/** What the gates say to a call that wants to go. */
public sealed interface SlotAnswer {
    /**
     * Go. Every granted permit ends in exactly one {@code settle} or {@code release}; one that never does comes back by itself after the hold time.
     *
     * @param permit what to settle
     */
    record Granted(SlotPermit permit) implements SlotAnswer {}

    /**
     * Not before some time. Nothing was taken.
     *
     * @param gate who says so
     * @param waitMillis from now; an answer to a call in flight may make it shorter
     */
    record NotBefore(SlotGate gate, long waitMillis) implements SlotAnswer {
        /** Half asks a shared gate twice as often in vain, double leaves it unused for as much longer once another node stops using it. */
        private static final long LONGEST_BELIEF_MILLIS = 1_000;

        /** When to ask again, from now. */
        public long askAgainMillis() {
            return askAgainMillis(waitMillis);
        }

        /** The same for a refusal of which only the wait is known. A shared gate may open without us hearing of it, so none is believed for longer than a second. */
        static long askAgainMillis(long waitMillis) {
            return Math.clamp(waitMillis, 1, LONGEST_BELIEF_MILLIS);
        }
    }

    /**
     * Redis cannot say, or its state is being rebuilt: nothing goes. Nothing was taken.
     *
     * @param reason for people
     * @param waitMillis when to ask again
     * @param lost whether state was lost, so that {@link SlotGates#warm} says when it is rebuilt
     */
    record Unavailable(String reason, long waitMillis, boolean lost) implements SlotAnswer {}
}
