package dev.sluice.engine.scheduling.doubt;

import dev.sluice.engine.channel.DoubtRule;
import dev.sluice.engine.model.CallState;
import dev.sluice.engine.model.OnDoubt;
import dev.sluice.engine.model.Purpose;
import dev.sluice.engine.recovery.DoubtPolicy;
import dev.sluice.engine.recovery.DoubtfulCall;
import dev.sluice.engine.recovery.DoubtfulCall.Traveller;
import java.time.Instant;

/** What is done about a doubtful call when its turn comes. */
public enum DoubtStep {
    /** The call ends. Whoever is still in doubt stays so, for a person. */
    RESOLVE,
    /** Its deliveries still wait as far as the database says: they are put in doubt. */
    PUT_IN_DOUBT,
    /** Its deliveries wait again. */
    RETRY,
    /** It is sent again, byte for byte. */
    RESEND;

    /**
     * Decides. Pure.
     *
     * @param resends how often it was resent already
     * @param rule what the platform recognises
     * @param onDoubt what the channel wants where it recognises nothing
     */
    public static DoubtStep of(DoubtfulCall call, int resends, DoubtRule rule, OnDoubt onDoubt, long nowMillis) {
        if (call.purpose() != Purpose.SEND) {
            // A dead node's resend or query: the call that it was about stands in doubt, or due for a receipt, by
            // itself.
            return RESOLVE;
        }
        if (call.state() == CallState.OPEN) {
            return PUT_IN_DOUBT;
        }
        int attempts =
                call.travellers().stream().mapToInt(Traveller::attempts).max().orElse(0);
        Instant intentAt = Instant.ofEpochMilli(call.intentAtMillis());
        return switch (DoubtPolicy.next(rule, onDoubt, intentAt, resends, attempts, Instant.ofEpochMilli(nowMillis))) {
            case HOLD -> RESOLVE;
            case RETRY -> RETRY;
            case RESEND -> call.travellers().isEmpty() ? RESOLVE : RESEND;
        };
    }
}
