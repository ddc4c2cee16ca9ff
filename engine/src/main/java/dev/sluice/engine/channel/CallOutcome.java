package dev.sluice.engine.channel;

import dev.sluice.engine.model.Disposition;
import dev.sluice.engine.model.PlatformCode;
import java.util.List;
import java.util.OptionalLong;

/** What one call came to: a closed family, so that a new case breaks the build wherever it matters. */
public sealed interface CallOutcome {
    /**
     * The platform took it, for all of its people but the refused ones.
     *
     * @param platformRef what to ask for later (task_id, processQueryKey), "" for none; one of more than 200 characters is none of the platform's
     * @param refused whom it left out, said inside the success
     */
    record Accepted(String platformRef, List<RefusedRecipient> refused) implements CallOutcome {
        private static final int MOST_REF_CHARS = 200;

        public Accepted {
            platformRef = platformRef.length() > MOST_REF_CHARS ? "" : platformRef;
            refused = List.copyOf(refused);
        }
    }

    /**
     * A rate limit answered. Nothing was sent and nothing is charged.
     *
     * @param scope what must stay quiet
     * @param waitMillis for how long
     * @param code what the platform said
     */
    record Throttled(ThrottleScope scope, long waitMillis, PlatformCode code) implements CallOutcome {}

    /**
     * The organisation's month is used up. Nothing was sent.
     *
     * @param used what the platform says was used, if it said so
     * @param quota what it says is granted, if it said so
     * @param code what the platform said
     */
    record BudgetSpent(OptionalLong used, OptionalLong quota, PlatformCode code) implements CallOutcome {}

    /**
     * The token is no longer good. Nothing was sent; a fresh token may mend it.
     *
     * @param code what the platform said
     */
    record TokenRejected(PlatformCode code) implements CallOutcome {}

    /**
     * Credentials, permission or configuration: only a person can mend it, so the channel pauses. Nothing was sent.
     *
     * @param advice what to do, one sentence
     * @param code what the platform said
     */
    record Unauthorised(String advice, PlatformCode code) implements CallOutcome {}

    /**
     * The content is refused, for everybody. Nothing was sent.
     *
     * @param disposition invalid or prohibited
     * @param code what the platform said
     */
    record ContentRefused(Disposition disposition, PlatformCode code) implements CallOutcome {}

    /**
     * The people of the call are refused as a whole, without naming one: the sender splits the batch to find who it is. Nothing was sent.
     *
     * @param code what the platform said
     */
    record RecipientsRefused(PlatformCode code) implements CallOutcome {}

    /**
     * The platform has a fault and says so, or it refuses in words that no table knows. Nothing was sent.
     *
     * @param code what the platform said
     * @param ofPlatform whether the fault is surely the platform's; what is not known may be this call's own, and says nothing about those of others
     */
    record Temporary(PlatformCode code, boolean ofPlatform) implements CallOutcome {}

    /**
     * It left, and nothing tells whether the platform acted: no answer, a broken one, a gateway's error page.
     *
     * @param reason what was seen instead of an answer
     */
    record Unknown(String reason) implements CallOutcome {}

    /**
     * Proven never to have left: not one byte of it was written.
     *
     * @param reason why
     */
    record NotSent(String reason) implements CallOutcome {}

    /** What a throttle is about. */
    enum ThrottleScope {
        /** This app and this API. */
        APP_AND_API,
        /** The whole platform for this API. */
        PLATFORM,
        /** Everything behind our egress address. */
        EGRESS_IP,
        /** This one robot or channel. */
        CHANNEL
    }

    /**
     * Somebody whom the platform left out of an accepted call.
     *
     * @param recipient who
     * @param disposition why
     * @param retryable whether a later call may reach them
     * @param code the platform's own word for it
     */
    record RefusedRecipient(String recipient, Disposition disposition, boolean retryable, String code) {}
}
