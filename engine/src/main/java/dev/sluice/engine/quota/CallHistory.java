package dev.sluice.engine.quota;

import io.vertx.core.Future;
import java.util.List;
import java.util.Map;

/** What Postgres knows of the calls that still hold slots: the truth from which lost gates are rebuilt. */
public interface CallHistory {
    /**
     * The calls that hold slots of gates now: of each gate those that are free last, as many as it has slots and ten thousand at least. More would change nothing:
     * while one that was left out would still be held, all of these are, and the gate grants nothing, even if it has more slots by then. Gates without such calls are
     * left out.
     */
    Future<Map<SlotGate, List<HeldSlot>>> heldAt(List<SlotGate> gates);

    /**
     * A call that holds slots.
     *
     * @param token the id of the call
     * @param units how many
     * @param freeAfterMicros from now, by the clock of Postgres
     */
    record HeldSlot(String token, long units, long freeAfterMicros) {}
}
