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
    record NotBefore(SlotGate gate, long waitMillis) implements SlotAnswer {}

    /**
     * Redis cannot say, or its state is being rebuilt: nothing goes. Nothing was taken.
     *
     * @param reason for people
     * @param waitMillis when to ask again
     * @param lost whether state was lost, so that {@link SlotGates#warm} says when it is rebuilt
     */
    record Unavailable(String reason, long waitMillis, boolean lost) implements SlotAnswer {}
}
