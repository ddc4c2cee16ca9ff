package dev.sluice.loadtest.client;

/** A call to one of the engine's APIs that was not done; the message says which, and why in the API's own words. */
public final class ApiFailure extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int status;

    ApiFailure(int status, String sentence) {
        super(sentence);
        this.status = status;
    }

    /** The HTTP status, 0 when no answer came. */
    public int status() {
        return status;
    }
}
