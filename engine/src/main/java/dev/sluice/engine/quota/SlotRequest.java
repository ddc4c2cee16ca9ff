package dev.sluice.engine.quota;

/**
 * What a call wants of a gate.
 *
 * @param gate which
 * @param units how many units, at least 1
 * @param ceiling most units that may be taken after this request: the capacity, less a reserve for callers that may not touch it
 */
public record SlotRequest(SlotGate gate, int units, long ceiling) {
    public SlotRequest {
        if (units < 1 || ceiling < units || ceiling > gate.capacity()) {
            throw new IllegalArgumentException(units + " units under a ceiling of " + ceiling + " at " + gate.label());
        }
    }
}
