package dev.sluice.engine.scheduling;

import dev.sluice.engine.channel.CallOutcome;
import dev.sluice.engine.channel.ReceiptProtocol.ReceiptResult;
import dev.sluice.engine.model.CallState;
import dev.sluice.engine.sending.OutcomePolicy.Charge;

/**
 * How a query ended, whatever it says about people.
 *
 * @param state of its call
 * @param charge what becomes of its units
 * @param counts whether it is one of the few queries that a call has: the platform heard it and let it in
 */
record QueryEnd(CallState state, Charge charge, boolean counts) {
    /**
     * Decides. Pure.
     *
     * @param metered whether an answered query draws on the month
     * @param meteredOnError whether one that is answered with an error does
     */
    static QueryEnd of(ReceiptResult result, boolean metered, boolean meteredOnError) {
        Charge answered = metered ? Charge.SPENT : Charge.RELEASED;
        return switch (result) {
            case ReceiptResult.Complete complete -> new QueryEnd(CallState.ACCEPTED, answered, true);
            case ReceiptResult.Pending pending -> new QueryEnd(CallState.ACCEPTED, answered, true);
            case ReceiptResult.Gone gone -> new QueryEnd(CallState.REFUSED, answered, true);
            case ReceiptResult.Failed failed -> failed(failed.outcome(), meteredOnError);
        };
    }

    private static QueryEnd failed(CallOutcome outcome, boolean meteredOnError) {
        return switch (outcome) {
            case CallOutcome.NotSent notSent -> new QueryEnd(CallState.NOT_SENT, Charge.RELEASED, false);
            case CallOutcome.Throttled throttled -> new QueryEnd(CallState.THROTTLED, Charge.RELEASED, false);
            case CallOutcome.BudgetSpent spent -> new QueryEnd(CallState.BUDGET_SPENT, Charge.RELEASED, false);
            // Nobody waits for its answer any more, so it is over at once.
            case CallOutcome.Unknown unknown -> new QueryEnd(CallState.RESOLVED, Charge.SPENT, true);
            case CallOutcome.Accepted accepted -> otherwise(meteredOnError);
            case CallOutcome.TokenRejected rejected -> otherwise(meteredOnError);
            case CallOutcome.Unauthorised unauthorised -> otherwise(meteredOnError);
            case CallOutcome.ContentRefused refused -> otherwise(meteredOnError);
            case CallOutcome.RecipientsRefused refused -> otherwise(meteredOnError);
            case CallOutcome.Temporary temporary -> otherwise(meteredOnError);
        };
    }

    private static QueryEnd otherwise(boolean meteredOnError) {
        return new QueryEnd(CallState.TEMPORARY, meteredOnError ? Charge.SPENT : Charge.RELEASED, true);
    }
}
