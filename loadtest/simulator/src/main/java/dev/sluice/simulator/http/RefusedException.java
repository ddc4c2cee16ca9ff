package dev.sluice.simulator.http;

/** Ends the handling of a call with an answer, from wherever its fault was found. Cheap: it has no stack trace. */
public final class RefusedException extends RuntimeException {
    private final transient Reply reply;

    public RefusedException(Reply reply) {
        super(reply.outcome(), null, false, false);
        this.reply = reply;
    }

    public Reply reply() {
        return reply;
    }
}
