package dev.sluice.engine.http;

import java.util.List;

/** A request that ends in a problem document (RFC 9457). Expected, so it has no stack trace. */
public final class ProblemException extends RuntimeException {
    /** No Retry-After. */
    public static final int NO_RETRY = 0;

    private final ProblemType type;
    private final List<Fault> faults;
    private final int retryAfterSeconds;

    public ProblemException(ProblemType type, String detail) {
        this(type, detail, List.of(), NO_RETRY);
    }

    public ProblemException(ProblemType type, String detail, int retryAfterSeconds) {
        this(type, detail, List.of(), retryAfterSeconds);
    }

    public ProblemException(ProblemType type, String detail, List<Fault> faults, int retryAfterSeconds) {
        super(detail, null, false, false);
        this.type = type;
        this.faults = List.copyOf(faults);
        this.retryAfterSeconds = retryAfterSeconds;
    }

    /** Everything that is wrong with a request that could be read. */
    public static ProblemException invalid(List<Fault> faults) {
        return new ProblemException(
                ProblemType.INVALID_REQUEST,
                faults.size() == 1 ? "One thing is wrong." : faults.size() + " things are wrong.",
                faults,
                NO_RETRY);
    }

    /** One thing that is wrong. */
    public static ProblemException invalid(String pointer, String detail) {
        return invalid(List.of(new Fault(pointer, detail)));
    }

    /** Nothing there, or not the caller's. */
    public static ProblemException notFound(String what) {
        return new ProblemException(ProblemType.NOT_FOUND, "There is no such " + what + ".");
    }

    public ProblemType type() {
        return type;
    }

    public List<Fault> faults() {
        return faults;
    }

    /** Seconds for the Retry-After header, {@link #NO_RETRY} for none. */
    public int retryAfterSeconds() {
        return retryAfterSeconds;
    }
}
