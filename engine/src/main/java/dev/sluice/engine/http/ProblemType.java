package dev.sluice.engine.http;

import java.util.Locale;

/** What can go wrong, as clients see it. The URIs are stable: a client may switch on them. */
public enum ProblemType {
    /** The body is not JSON, too deep, or a parameter cannot be read. */
    MALFORMED_REQUEST(400, "The request cannot be read"),
    UNAUTHENTICATED(401, "No key, or one that is not in force"),
    FORBIDDEN(403, "This key may not do that"),
    /** Nothing there, or it is somebody else's: the two look the same. */
    NOT_FOUND(404, "There is no such thing"),
    METHOD_NOT_ALLOWED(405, "This address does not know the method"),
    REQUEST_TIMEOUT(408, "The request took too long to arrive"),
    /** The thing is not in a state in which that can be done. */
    STATE_CONFLICT(409, "Its state does not allow that"),
    /** The first request with this Idempotency-Key is still being worked on. */
    IDEMPOTENCY_IN_FLIGHT(409, "The same request is being accepted right now"),
    /** Rows of the people file are missing between what is stored and what was sent. */
    UPLOAD_GAP(409, "Rows are missing before these"),
    TOO_LARGE(413, "The request is too large"),
    UNSUPPORTED_MEDIA_TYPE(415, "This content type is not understood"),
    /** Readable, and wrong: {@code errors} lists everything. */
    INVALID_REQUEST(422, "The request is not valid"),
    /** This Idempotency-Key was used with another body. */
    IDEMPOTENCY_MISMATCH(422, "The Idempotency-Key belongs to another request"),
    TOO_MANY_WRONG_KEYS(429, "Too many wrong keys"),
    /** This tenant has its share of something that all tenants use. */
    TOO_MANY_REQUESTS(429, "Slow down"),
    INTERNAL(500, "Something went wrong on our side"),
    /** Nothing was accepted; come back. */
    UNAVAILABLE(503, "Cannot accept right now"),
    /** Whether it was accepted is not known: repeat with the same Idempotency-Key. */
    OUTCOME_UNKNOWN(503, "It is not known whether this was accepted");

    private final int status;
    private final String title;

    ProblemType(int status, String title) {
        this.status = status;
        this.title = title;
    }

    /** HTTP status. */
    public int status() {
        return status;
    }

    /** One short sentence, the same for every occurrence. */
    public String title() {
        return title;
    }

    /** The stable name of it. */
    public String uri() {
        return "urn:sluice:problem:" + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
