package dev.sluice.simulator.http;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** The texts that a person sees of a content: neither the names of its fields, nor how its characters were escaped on the way. */
public final class VisibleText {
    private VisibleText() {}

    /** Whether any text in a JSON value has one of these words in it. */
    public static boolean containsAny(Object json, List<String> words) {
        if (words.isEmpty()) {
            return false;
        }
        return switch (json) {
            case null -> false;
            case JsonObject object -> object.stream().anyMatch(field -> containsAny(field.getValue(), words));
            case JsonArray array -> array.stream().anyMatch(item -> containsAny(item, words));
            default -> words.stream().anyMatch(json.toString()::contains);
        };
    }
}
