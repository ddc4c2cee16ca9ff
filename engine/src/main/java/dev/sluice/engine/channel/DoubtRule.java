package dev.sluice.engine.channel;

import java.time.Duration;

/** How a doubtful call can be resolved on a kind of channel. */
public sealed interface DoubtRule {
    /** See {@link ResendAndQuery}. */
    DoubtRule RESEND_AND_QUERY = new ResendAndQuery();
    /** See {@link HoldOrRetry}. */
    DoubtRule HOLD_OR_RETRY = new HoldOrRetry();

    /**
     * The platform shows identical content to a person once a day: resend byte-identically the same day, then query the resend; whom it lists as "same content"
     * had the first one. Work notices.
     */
    record ResendAndQuery() implements DoubtRule {}

    /**
     * The request carries a key by which the platform recognises repeats for a while: resend with the same key, soon.
     *
     * @param keyLife age of a call up to which its key is relied on
     */
    record ResendWithKey(Duration keyLife) implements DoubtRule {}

    /** The platform recognises nothing: hold for a person, or resend once where the channel says so. */
    record HoldOrRetry() implements DoubtRule {}
}
