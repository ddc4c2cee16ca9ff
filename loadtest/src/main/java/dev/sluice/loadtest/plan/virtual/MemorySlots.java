package dev.sluice.loadtest.plan.virtual;

import dev.sluice.engine.quota.SlotAnswer;
import dev.sluice.engine.quota.SlotGate;
import dev.sluice.engine.quota.SlotPermit;
import dev.sluice.engine.quota.SlotRequest;
import dev.sluice.engine.quota.SlotTiming;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;

/**
 * The slots of {@code slot_take.lua} and {@code slot_settle.lua} in memory and in virtual time: the same questions get the same answers, which a test shows on
 * random sequences with the scripts themselves.
 */
public final class MemorySlots {
    static final long LEAD_MICROS = SlotTiming.LEAD_MILLIS * 1_000;

    private final SlotTiming timing;
    private final Map<SlotGate, MemoryGate> gates = new HashMap<>();
    /** Lanes ask with the same objects again and again: to know one by sight is faster than to compare its names. */
    private final IdentityHashMap<SlotGate, MemoryGate> bySight = new IdentityHashMap<>();

    /** @param timing the times of the proof, as the engine is configured */
    public MemorySlots(SlotTiming timing) {
        this.timing = timing;
    }

    /** Takes all of the requests or none; scopes one after the other, as the engine asks them. */
    public SlotAnswer take(String token, List<SlotRequest> requests, long nowMicros) {
        List<SlotRequest> taken = new ArrayList<>(requests.size());
        long dueMicros = nowMicros;
        for (List<SlotRequest> scope : SlotRequest.byScope(requests)) {
            Wait wait = longestWait(scope, nowMicros);
            if (wait.micros() > LEAD_MICROS) {
                giveBack(new SlotPermit(token, taken, 0, 0), request -> 0, nowMicros);
                return new SlotAnswer.NotBefore(
                        wait.gate(), Math.max(1, Math.ceilDiv(wait.micros() - LEAD_MICROS, 1_000L)));
            }
            dueMicros = Math.max(dueMicros, nowMicros + wait.micros());
            for (SlotRequest request : scope) {
                gate(request).take(token, request.units(), nowMicros + timing.holdMicros(request.gate()));
            }
            taken.addAll(scope);
        }
        return new SlotAnswer.Granted(new SlotPermit(token, requests, dueMicros * 1_000, dueMicros * 1_000));
    }

    /** The call was answered: what travelled is free one window from now, the rest at once. */
    public void settle(SlotPermit permit, int people, long nowMicros) {
        giveBack(
                permit,
                request -> request.gate().countsPeople() ? Math.min(people, request.units()) : request.units(),
                nowMicros);
    }

    /** The call never left. */
    public void release(SlotPermit permit, long nowMicros) {
        giveBack(permit, request -> 0, nowMicros);
    }

    private record Wait(SlotGate gate, long micros) {}

    private Wait longestWait(List<SlotRequest> scope, long nowMicros) {
        Wait longest = new Wait(scope.getFirst().gate(), 0);
        for (SlotRequest request : scope) {
            long micros = gate(request).waitMicros(request.units(), request.ceiling(), nowMicros);
            if (micros > longest.micros()) {
                longest = new Wait(request.gate(), micros);
            }
        }
        return longest;
    }

    private void giveBack(SlotPermit permit, ToIntFunction<SlotRequest> travelled, long nowMicros) {
        for (SlotRequest request : permit.requests()) {
            gate(request)
                    .settle(
                            permit.token(),
                            request.units(),
                            travelled.applyAsInt(request),
                            nowMicros + timing.windowMicros(request.gate()));
        }
    }

    private MemoryGate gate(SlotRequest request) {
        MemoryGate known = bySight.get(request.gate());
        if (known == null) {
            known = gates.computeIfAbsent(request.gate(), gate -> new MemoryGate());
            bySight.put(request.gate(), known);
        }
        return known;
    }
}
