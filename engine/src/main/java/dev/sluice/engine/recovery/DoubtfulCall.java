package dev.sluice.engine.recovery;

import dev.sluice.engine.model.CallState;
import dev.sluice.engine.model.DeliveryKey;
import dev.sluice.engine.model.Purpose;
import java.util.List;

/**
 * A call of which nobody knows what became: its owner died, or no answer came.
 *
 * @param tenantId owner
 * @param callId the call
 * @param channelId through which channel
 * @param purpose why it was made
 * @param state open or unknown
 * @param epoch under which lease it was made
 * @param ageMillis how long ago its intent was written, by Postgres' clock
 * @param intentAtMillis when that was, wall time
 * @param travellers who travelled and is not settled otherwise
 * @param content what was said, byte for byte; "" for a query
 */
public record DoubtfulCall(
        long tenantId,
        long callId,
        long channelId,
        Purpose purpose,
        CallState state,
        long epoch,
        long ageMillis,
        long intentAtMillis,
        List<Traveller> travellers,
        String content) {

    public DoubtfulCall {
        travellers = List.copyOf(travellers);
    }

    /**
     * Somebody in a doubtful call.
     *
     * @param key which delivery
     * @param recipient who
     * @param attempts calls so far that did not end it
     */
    public record Traveller(DeliveryKey key, String recipient, int attempts) {}
}
