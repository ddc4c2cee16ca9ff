package dev.sluice.loadtest.client;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** A call to one of the engine's APIs that was not done; the message says which, and why in the API's own words. */
public final class ApiFailure extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int status;
    private final transient JsonObject problem;

    private ApiFailure(int status, JsonObject problem, String sentence) {
        super(sentence);
        this.status = status;
        this.problem = problem;
    }

    /** No answer. */
    static ApiFailure unanswered(String sentence) {
        return new ApiFailure(0, new JsonObject(), sentence);
    }

    /** An answer that says no, as a problem document or as anything else. */
    static ApiFailure refused(String what, int status, String body) {
        return new ApiFailure(status, problem(body), what + " was answered " + status + ": " + body);
    }

    private static JsonObject problem(String body) {
        try {
            return new JsonObject(body);
        } catch (DecodeException noProblemDocument) {
            return new JsonObject();
        }
    }

    /** What the API says is wrong, without the document around it; the whole message when it says nothing. */
    public String reason() {
        return problem.getJsonArray("errors", new JsonArray()).stream()
                .map(error -> ((JsonObject) error).getString("detail"))
                .reduce((one, other) -> one + " " + other)
                .orElseGet(() -> problem.getString("detail", getMessage()));
    }

    /** The HTTP status, 0 when no answer came. */
    public int status() {
        return status;
    }
}
