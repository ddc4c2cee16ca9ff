package dev.sluice.simulator.http;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** The JSON body of the new family; a form is not read at all. */
public final class V1Body {
    private final JsonObject json;

    private V1Body(JsonObject json) {
        this.json = json;
    }

    /**
     * Reads the body.
     *
     * @throws RefusedException {@code Missingbody} if there is no JSON object (observed for forms)
     */
    public static V1Body of(Call call) {
        if (call.isForm() || call.body().length() == 0) {
            throw new RefusedException(Reply.v1Error(400, "Missingbody", "body is mandatory for this action."));
        }
        try {
            return new V1Body(new JsonObject(call.body()));
        } catch (DecodeException | ClassCastException malformed) {
            throw new RefusedException(Reply.v1Error(400, "InvalidParameter.body", "body is not a JSON object"));
        }
    }

    /** A text, or null if absent, blank or something else. */
    public String text(String name) {
        Object value = json.getValue(name);
        return value instanceof String text && !text.isBlank() ? text : null;
    }

    /** A text that must be there. */
    public String requiredText(String name, String codeIfMissing) {
        String text = text(name);
        if (text == null) {
            throw new RefusedException(Reply.v1Error(400, codeIfMissing, name + " is required"));
        }
        return text;
    }

    /** A list of texts; empty if absent, or if anything in it is no text. */
    public List<String> texts(String name) {
        if (!(json.getValue(name) instanceof JsonArray array) || !array.stream().allMatch(String.class::isInstance)) {
            return List.of();
        }
        return array.stream().map(String.class::cast).toList();
    }
}
