package dev.sluice.loadtest.client;

import io.vertx.core.json.JsonObject;
import java.util.Optional;

/** Fields of an answer as the API promises them: one that is missing or something else is an {@link ApiFailure}, since any server may stand at an address. */
public final class Promised {
    /** What can stand in a path as it is. */
    private static final String ID = "[A-Za-z0-9_-]+";

    private Promised() {}

    /** An id, fit for a path. */
    public static String id(JsonObject answer, String field) {
        if (answer.getValue(field) instanceof String id && id.matches(ID)) {
            return id;
        }
        throw missing(field, "an id");
    }

    /** An id, fit for a path; empty when it is null or missing. */
    public static Optional<String> idIfAny(JsonObject answer, String field) {
        return answer.getValue(field) == null ? Optional.empty() : Optional.of(id(answer, field));
    }

    /** A text. */
    public static String text(JsonObject answer, String field) {
        if (answer.getValue(field) instanceof String text) {
            return text;
        }
        throw missing(field, "a text");
    }

    /** A whole number from 0 on. */
    public static long count(JsonObject answer, String field) {
        Object value = answer.getValue(field);
        if ((value instanceof Integer || value instanceof Long) && ((Number) value).longValue() >= 0) {
            return ((Number) value).longValue();
        }
        throw missing(field, "a whole number from 0 on");
    }

    /** An object in it. */
    public static JsonObject object(JsonObject answer, String field) {
        if (answer.getValue(field) instanceof JsonObject object) {
            return object;
        }
        throw missing(field, "an object");
    }

    private static ApiFailure missing(String field, String what) {
        return ApiFailure.unexpected(
                "an answer lacks %s as \"%s\": is that a Sluice of this version?".formatted(what, field));
    }
}
