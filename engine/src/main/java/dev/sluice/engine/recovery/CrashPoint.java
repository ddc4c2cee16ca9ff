package dev.sluice.engine.recovery;

/** The moments at which a node may die with something half done. Each is reached in the code path that it names. */
public enum CrashPoint {
    /** A batch is taken and vetted; nothing about its call is durable. */
    CLAIM_AFTER,
    /** The intent is durable; no byte has left. */
    INTENT_AFTER,
    /** The call is over; nobody but this process knows how it ended. */
    CALL_AFTER,
    /** Outcomes are about to be written, in a group. */
    RECORD_BEFORE,
    /** They are durable; the lane does not know it yet. */
    RECORD_AFTER,
    /** A doubtful call is about to be sent again; the intent of that is not durable. */
    RESEND_BEFORE_INTENT,
    /** Requests are about to be made durable, in a group. */
    INGEST_BEFORE_COMMIT,
    /** They are durable; nobody has been answered. */
    INGEST_AFTER_COMMIT,
    /** A chunk of a people file is durable; the file goes on. */
    CAMPAIGN_CHUNK
}
