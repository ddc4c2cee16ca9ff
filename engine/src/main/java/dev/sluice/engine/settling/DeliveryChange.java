package dev.sluice.engine.settling;

import dev.sluice.engine.model.DeliveryKey;
import dev.sluice.engine.model.DeliveryState;
import dev.sluice.engine.model.Disposition;

/**
 * A delivery's change of state, made only if it still is in the state from which it changes and its fence holds: where a call ends in the same settlement,
 * that call's own change of state (whoever ends a call decides about its deliveries, once); otherwise the app's lease.
 *
 * @param tenantId owner
 * @param key which delivery
 * @param from where it must be
 * @param to where it goes; WAITING to WAITING is a retry
 * @param disposition why, null for none
 * @param callId the call that caused it, 0 for none
 * @param fenceCallId the call that must end with it, 0 for the lease
 * @param delayMillis for a retry: how long it is held back
 */
public record DeliveryChange(
        long tenantId,
        DeliveryKey key,
        DeliveryState from,
        DeliveryState to,
        Disposition disposition,
        long callId,
        long fenceCallId,
        long delayMillis) {

    /** Whether this is the same change of the next delivery in the same submission. */
    boolean follows(DeliveryChange before) {
        return key.ordinal() == before.key.ordinal() + 1
                && key.submissionId() == before.key.submissionId()
                && tenantId == before.tenantId
                && from == before.from
                && to == before.to
                && disposition == before.disposition
                && callId == before.callId
                && fenceCallId == before.fenceCallId
                && delayMillis == before.delayMillis;
    }
}
