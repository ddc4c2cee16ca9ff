package dev.sluice.engine.scheduling.doubt;

import dev.sluice.engine.model.CallState;
import dev.sluice.engine.model.DeliveryKey;
import dev.sluice.engine.model.Purpose;
import dev.sluice.engine.recovery.DoubtfulCall;
import dev.sluice.engine.recovery.DoubtfulCall.Traveller;
import java.time.Instant;
import java.util.List;

/** Doubtful calls for tests: made at noon in China, with two people of one submission. */
public final class DoubtfulCalls {
    static final long INTENT_AT_MILLIS =
            Instant.parse("2026-03-10T12:00:00+08:00").toEpochMilli();
    static final long TENANT = 3;
    static final Traveller ZHANG = new Traveller(new DeliveryKey(40, 0), "zhang", 1);
    static final Traveller LI = new Traveller(new DeliveryKey(40, 7), "li", 1);

    private DoubtfulCalls() {}

    static DoubtfulCall unknown(long callId) {
        return of(callId, Purpose.SEND, CallState.UNKNOWN, List.of(ZHANG, LI));
    }

    static DoubtfulCall of(long callId, Purpose purpose, CallState state, List<Traveller> travellers) {
        return new DoubtfulCall(TENANT, callId, 5, purpose, state, 1, 0, INTENT_AT_MILLIS, travellers, "hello");
    }
}
