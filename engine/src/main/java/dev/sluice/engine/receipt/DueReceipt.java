package dev.sluice.engine.receipt;

import dev.sluice.engine.model.DeliveryKey;
import dev.sluice.engine.model.Purpose;
import java.util.Map;

/**
 * An accepted call that the platform should be asked about now.
 *
 * @param tenantId owner
 * @param callId the call
 * @param channelId through which channel
 * @param purpose a send, or a resend whose answer resolves a doubt
 * @param subjectCallId the doubtful call that a resend is about, 0 for a send
 * @param platformRef what to ask for
 * @param attempts how often it was asked
 * @param ageMillis how long ago the call was
 * @param people who is to be accounted for: still sent, or in doubt, by recipient
 */
public record DueReceipt(
        long tenantId,
        long callId,
        long channelId,
        Purpose purpose,
        long subjectCallId,
        String platformRef,
        int attempts,
        long ageMillis,
        Map<String, DeliveryKey> people) {
    public DueReceipt {
        people = Map.copyOf(people);
    }
}
