package dev.sluice.engine.settling;

import dev.sluice.engine.model.BudgetPool;
import dev.sluice.engine.model.DeliveryKey;
import dev.sluice.engine.model.Purpose;
import java.time.LocalDate;
import java.util.List;

/**
 * A call that is about to be made: what must be durable, with its charge, before the first byte leaves.
 *
 * @param tenantId owner
 * @param callId our id
 * @param appId whose credentials
 * @param epoch the lease under which it is made
 * @param channelId through which channel
 * @param organisationId whose budget
 * @param purpose why
 * @param subjectCallId the call it resends or asks about, 0 for none
 * @param api the platform's name of the API
 * @param deliveries who travels, empty for a query
 * @param month the first day of the month whose budget pays
 * @param pool which of its pools
 * @param units what it costs, 0 for an unmetered call
 * @param limited whether the organisation has a limit for that pool: then a budget row that is missing or used up refuses
 * @param reservePercent the part of the grant that this call may not touch
 */
public record CallIntent(
        long tenantId,
        long callId,
        long appId,
        long epoch,
        long channelId,
        long organisationId,
        Purpose purpose,
        long subjectCallId,
        String api,
        List<DeliveryKey> deliveries,
        LocalDate month,
        BudgetPool pool,
        int units,
        boolean limited,
        int reservePercent) {

    public CallIntent {
        deliveries = List.copyOf(deliveries);
    }

    /** What became of an intent. */
    public sealed interface Answer {
        /** It is durable and paid for: the call may leave. */
        record Committed() implements Answer {}

        /** Another node owns the app meanwhile: nothing was written, and nothing of the app may be touched any more. */
        record Fenced() implements Answer {}

        /**
         * The month does not allow it. Nothing was written.
         *
         * @param reason one sentence for people
         */
        record MonthSpent(String reason) implements Answer {}

        /**
         * Postgres did not answer, and meanwhile it is certain that nothing of it stands.
         *
         * @param reason one sentence for people
         */
        record Withdrawn(String reason) implements Answer {}
    }
}
