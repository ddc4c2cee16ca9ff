package dev.sluice.engine.channel;

import dev.sluice.engine.directory.ChannelEntry;
import java.util.List;

/**
 * What a call must say: all that an adapter needs to write it. The same plan gives the same bytes, on every attempt.
 *
 * @param callId our id of the call
 * @param idempotencyKey equal for a call and all its resends; adapters put it where the platform recognises repeats
 * @param channel through which channel
 * @param content the canonical content
 * @param recipients to whom; empty for a channel without recipients
 */
public record CallPlan(
        long callId, String idempotencyKey, ChannelEntry channel, String content, List<String> recipients) {
    public CallPlan {
        recipients = List.copyOf(recipients);
    }

    /** What a call and all its resends carry, made of the id of the first. Another build must make the same of it, or the platform takes its resends for new calls. */
    public static String idempotencyKey(long firstCallId) {
        return Long.toString(firstCallId, 36);
    }
}
