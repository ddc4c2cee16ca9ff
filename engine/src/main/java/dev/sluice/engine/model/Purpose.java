package dev.sluice.engine.model;

/** Why a call is made. Stored by number. */
public enum Purpose {
    /** To send a batch for the first time. */
    SEND,
    /** To send a doubtful call again. */
    RESEND,
    /** To ask what became of an accepted call. */
    QUERY;

    /** The number that the database keeps. */
    public short code() {
        return (short) ordinal();
    }
}
