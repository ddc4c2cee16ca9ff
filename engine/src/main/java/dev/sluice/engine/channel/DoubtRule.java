package dev.sluice.engine.channel;

/** How a doubtful call can be resolved on a kind of channel. */
public enum DoubtRule {
    /**
     * The platform shows identical content to a person once a day: resend byte-identically the same day, then query the resend; whom it lists as "same content"
     * had the first one. Work notices.
     */
    RESEND_AND_QUERY,
    /** The request carries a key by which the platform recognises repeats for a while: resend with the same key, soon. */
    RESEND_WITH_KEY,
    /** The platform recognises nothing: hold for a person, or resend once where the channel says so. */
    HOLD_OR_RETRY
}
