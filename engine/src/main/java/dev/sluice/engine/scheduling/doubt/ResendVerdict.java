package dev.sluice.engine.scheduling.doubt;

import dev.sluice.engine.channel.CallOutcome;
import dev.sluice.engine.model.CallState;
import dev.sluice.engine.sending.OutcomePolicy.Charge;

/** What the outcome of a resend means for it. Unless the platform took it, it says nothing about the first call. */
public sealed interface ResendVerdict {
    /** How long after a fault that may pass by itself the next one is tried, */
    long TROUBLE_MILLIS = 2_000;
    /** and after a refusal, which a person may have to mend. */
    long REFUSED_MILLIS = 60_000;

    /**
     * The platform took it.
     *
     * @param platformRef what to ask for later, "" for none
     */
    record Taken(String platformRef) implements ResendVerdict {}

    /**
     * It came to nothing; the doubt goes on.
     *
     * @param state of the resend
     * @param charge what becomes of its units
     * @param counts whether it is one of the few that a call has, so that it does not go on for ever
     * @param waitMillis until the next step
     * @param reason why, "" for nothing to say
     */
    record Again(CallState state, Charge charge, boolean counts, long waitMillis, String reason)
            implements ResendVerdict {}

    /**
     * Decides. Pure.
     *
     * @param meteredOnError whether an answer that refuses costs a unit
     * @param arrivedMillis after which time a request without an answer surely is over
     */
    static ResendVerdict of(CallOutcome outcome, boolean meteredOnError, long arrivedMillis) {
        Charge refusal = meteredOnError ? Charge.SPENT : Charge.RELEASED;
        return switch (outcome) {
            case CallOutcome.Accepted accepted -> new Taken(accepted.platformRef());
            // The doubt is about the same people, so the first call goes on standing for it.
            case CallOutcome.Unknown unknown ->
                new Again(CallState.RESOLVED, Charge.SPENT, true, arrivedMillis, unknown.reason());
            case CallOutcome.NotSent notSent ->
                new Again(CallState.NOT_SENT, Charge.RELEASED, false, TROUBLE_MILLIS, notSent.reason());
            case CallOutcome.Throttled throttled ->
                new Again(CallState.THROTTLED, Charge.RELEASED, false, throttled.waitMillis(), "");
            case CallOutcome.BudgetSpent spent ->
                new Again(CallState.BUDGET_SPENT, Charge.RELEASED, false, REFUSED_MILLIS, "");
            case CallOutcome.TokenRejected rejected ->
                new Again(CallState.UNAUTHORISED, refusal, true, TROUBLE_MILLIS, "");
            case CallOutcome.Unauthorised unauthorised ->
                new Again(CallState.UNAUTHORISED, refusal, true, REFUSED_MILLIS, "");
            case CallOutcome.ContentRefused refused -> new Again(CallState.REFUSED, refusal, true, REFUSED_MILLIS, "");
            case CallOutcome.RecipientsRefused refused ->
                new Again(CallState.REFUSED, refusal, true, REFUSED_MILLIS, "");
            case CallOutcome.Temporary temporary -> new Again(CallState.TEMPORARY, refusal, true, TROUBLE_MILLIS, "");
        };
    }
}
