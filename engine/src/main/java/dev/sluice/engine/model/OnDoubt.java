package dev.sluice.engine.model;

/** What to do with a doubtful call on a channel whose platform recognises no repeat. */
public enum OnDoubt {
    /** Leave it in doubt for a person: nobody gets it twice. */
    HOLD,
    /** Send it once more: somebody may get it twice. */
    RETRY
}
