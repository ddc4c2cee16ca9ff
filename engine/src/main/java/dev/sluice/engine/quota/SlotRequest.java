package dev.sluice.engine.quota;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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

    /**
     * What a call to so many people wants of a gate.
     *
     * @param reservePercent share of people a minute that the call must leave untouched; 0 for none
     */
    public static SlotRequest of(SlotGate gate, int people, int reservePercent) {
        int units = gate.countsPeople() ? people : 1;
        long reserve = gate.countsPeople() ? gate.capacity() * reservePercent / 100 : 0;
        return new SlotRequest(gate, units, Math.max(units, gate.capacity() - reserve));
    }

    /** The requests by scope, in the order in which scopes are asked: gates of one scope answer together. */
    public static List<List<SlotRequest>> byScope(List<SlotRequest> requests) {
        Map<String, List<SlotRequest>> scopes = new LinkedHashMap<>();
        for (SlotRequest request : requests) {
            scopes.computeIfAbsent(request.gate().scope(), scope -> new ArrayList<>())
                    .add(request);
        }
        return List.copyOf(scopes.values());
    }
}
