package dev.sluice.engine.settling;

import dev.sluice.engine.model.CallState;
import dev.sluice.engine.model.PlatformCode;
import dev.sluice.engine.sending.OutcomePolicy.Charge;

/**
 * What is recorded about a call that ended.
 *
 * @param tenantId owner
 * @param callId the call
 * @param from what it must still be for this to be written: open, or unknown when a doubt is resolved
 * @param state what we concluded
 * @param charge what becomes of its units
 * @param platformRef what to ask for later, "" for none
 * @param code what the platform said
 * @param receiptAfterMillis when to ask what became of it, counted from now; negative for never
 */
public record CallAnswer(
        long tenantId,
        long callId,
        CallState from,
        CallState state,
        Charge charge,
        String platformRef,
        PlatformCode code,
        long receiptAfterMillis) {}
