package dev.sluice.loadtest.client;

import dev.sluice.loadtest.terminal.OneLine;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import java.util.stream.Stream;

/** A call to one of the engine's APIs that was not done; the message says which, and why in the API's own words. */
public final class ApiFailure extends RuntimeException {
    private static final long serialVersionUID = 1;

    private static final int OK = 200;
    private static final int NOT_FOUND = 404;

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

    /** An answer that is not what the API promises. */
    static ApiFailure unexpected(String sentence) {
        return new ApiFailure(OK, new JsonObject(), sentence);
    }

    /** An answer that says no, as a problem document or as anything else. */
    static ApiFailure refused(String what, int status, String body) {
        return new ApiFailure(status, problem(body), what + " was answered " + status + ": " + OneLine.of(body));
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
        Stream<?> errors = problem.getValue("errors") instanceof JsonArray several ? several.stream() : Stream.empty();
        return errors.flatMap(error -> detail(error).stream())
                .reduce((one, other) -> one + " " + other)
                .or(() -> detail(problem))
                .map(OneLine::of)
                .orElseGet(this::getMessage);
    }

    private static Optional<String> detail(Object error) {
        return error instanceof JsonObject document && document.getValue("detail") instanceof String detail
                ? Optional.of(detail)
                : Optional.empty();
    }

    /** Whether it tells what was asked: there is no such thing. */
    public boolean isNotFound() {
        return status == NOT_FOUND;
    }

    /** The HTTP status, 0 when no answer came, 200 when it was not what the API promises. */
    public int status() {
        return status;
    }
}
