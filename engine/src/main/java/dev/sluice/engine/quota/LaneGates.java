package dev.sluice.engine.quota;

import java.util.List;
import java.util.Optional;

/**
 * The gates of a lane that come from limits.
 *
 * @param slots what every call reserves, in the order of reservation
 * @param people what every recipient passes, if the platform limits people by day
 */
public record LaneGates(List<SlotGate> slots, Optional<PeopleRule> people) {
    public LaneGates {
        slots = List.copyOf(slots);
    }

    /**
     * Most people that a call may reach: a larger one would never pass.
     *
     * @param reservePercent share of people a minute that the call must leave untouched; 0 for none
     */
    public int mostPeoplePerCall(int reservePercent) {
        long most = slots.stream()
                .filter(SlotGate::countsPeople)
                .mapToLong(gate -> Math.max(1, gate.capacity() - gate.capacity() * reservePercent / 100))
                .min()
                .orElse(Integer.MAX_VALUE);
        return (int) Math.min(Integer.MAX_VALUE, most);
    }

    /**
     * Limits by person and day.
     *
     * @param scope whose state it is and the Redis hash tag, such as {@code app:12}
     * @param api the API whose calls count, as in {@code call.api}; part of the key, and what a rebuild reads
     * @param messagesPerDay most messages to one person in a day
     * @param sameContentOnce whether identical content reaches a person once a day
     */
    public record PeopleRule(String scope, String api, long messagesPerDay, boolean sameContentOnce) {}
}
