package dev.sluice.engine.request;

import dev.sluice.engine.channel.ChannelAdapter;
import dev.sluice.engine.directory.ChannelEntry;
import dev.sluice.engine.quota.LaneGates;
import dev.sluice.engine.quota.SlotGate;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Optional;

/**
 * What sending to so many people takes at least, were the lane idle and had nobody had anything today: calls, time, and the limit that sets the time. Pure.
 *
 * @param people who would be sent to
 * @param calls platform calls at full batches
 * @param leastMillis time until the last call may leave
 * @param bindingLimit the limit that sets that time, "" when none does
 * @param limits every limit that a call passes
 */
public record Forecast(int people, int calls, long leastMillis, String bindingLimit, JsonArray limits) {
    /**
     * Through a channel as its limits are now.
     *
     * @param mostPeople whom one call of the content takes at most
     * @param people how many there are
     */
    public static Forecast of(ChannelAdapter adapter, ChannelEntry channel, int mostPeople, int people) {
        LaneGates gates = adapter.gates(channel);
        int perCall = Math.min(
                gates.mostPeoplePerCall(0),
                Math.min(mostPeople, channel.peopleForcedPerCall().orElse(Integer.MAX_VALUE)));
        int calls = Math.ceilDiv(people, perCall);
        long leastMillis = 0;
        String binding = "";
        JsonArray limits = new JsonArray();
        for (SlotGate gate : gates.slots()) {
            limits.add(gate.label());
            long units = gate.countsPeople() ? people : calls;
            long gateMillis = (units - 1) / gate.capacity() * gate.windowMillis();
            if (gateMillis > leastMillis) {
                leastMillis = gateMillis;
                binding = gate.label();
            }
        }
        return new Forecast(people, calls, leastMillis, binding, limits);
    }

    /**
     * Why a promise cannot be kept that no limit lets anybody keep.
     *
     * @param notBefore when sending may begin, null for now
     * @param deliverBy until when all must have gone, null for no promise
     * @return one sentence with the earliest time, empty when it may be kept
     */
    public Optional<String> hopeless(Instant now, Instant notBefore, Instant deliverBy) {
        Instant start = notBefore != null && notBefore.isAfter(now) ? notBefore : now;
        Instant earliest = start.plusMillis(leastMillis);
        if (deliverBy == null || !earliest.isAfter(deliverBy)) {
            return Optional.empty();
        }
        return Optional.of(
                deliverBy.isAfter(now)
                        ? "The limit %s allows %s at the earliest.".formatted(bindingLimit, earliest)
                        : "It is over; it is %s now.".formatted(now));
    }

    /** As a dry run shows it. */
    public JsonObject toJson() {
        return new JsonObject()
                .put("people", people)
                .put("calls", calls)
                .put("leastSeconds", leastMillis / 1000)
                .put("bindingLimit", bindingLimit.isEmpty() ? null : bindingLimit)
                .put("limits", limits);
    }
}
