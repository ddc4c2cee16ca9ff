package dev.sluice.engine.ingestion;

import dev.sluice.engine.channel.ChannelAdapter;
import dev.sluice.engine.directory.ChannelEntry;
import dev.sluice.engine.quota.LaneGates;
import dev.sluice.engine.quota.SlotGate;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/**
 * What sending to so many people takes at least, were the lane idle: calls, time, and the limit that sets the time. Pure.
 *
 * @param people who would be sent to
 * @param calls platform calls at full batches
 * @param leastMillis time until the last call may leave
 * @param bindingLimit the limit that sets that time, "" when none does
 * @param limits every limit that a call passes
 */
record Forecast(int people, int calls, long leastMillis, String bindingLimit, JsonArray limits) {
    static Forecast of(ChannelAdapter adapter, ChannelEntry channel, int people) {
        LaneGates gates = adapter.gates(channel);
        int perCall = Math.min(
                gates.mostPeoplePerCall(0),
                Math.min(
                        adapter.mostPeoplePerCall(),
                        channel.peopleForcedPerCall().orElse(Integer.MAX_VALUE)));
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

    JsonObject toJson() {
        return new JsonObject()
                .put("people", people)
                .put("calls", calls)
                .put("leastSeconds", leastMillis / 1000)
                .put("bindingLimit", bindingLimit)
                .put("limits", limits);
    }
}
