package dev.sluice.engine.node;

/** The node cannot start; the message says why and what to do, for the person at the terminal. */
public final class StartFailure extends RuntimeException {
    public StartFailure(String message, Throwable cause) {
        super(message, cause);
    }

    public StartFailure(String message) {
        super(message);
    }
}
