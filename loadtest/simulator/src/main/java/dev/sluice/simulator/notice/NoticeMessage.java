package dev.sluice.simulator.notice;

import dev.sluice.simulator.http.VisibleText;
import dev.sluice.simulator.ledger.ContentHash;
import dev.sluice.simulator.settings.Limits;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

/** The {@code msg} of a work notice (message-types-and-data-format, 2026-03-06). */
record NoticeMessage(JsonObject json, String text) {
    private static final Set<String> TYPES =
            Set.of("text", "image", "voice", "file", "link", "markdown", "oa", "action_card");
    private static final Set<String> TEXT_KEYS = Set.of("content", "title", "text", "markdown");

    static NoticeMessage of(JsonObject json) {
        return new NoticeMessage(json, json.encode());
    }

    /** Whether the type is known and its body is there. */
    boolean isWellFormed() {
        return json.getValue("msgtype") instanceof String type
                && TYPES.contains(type)
                && json.getValue(type) instanceof JsonObject;
    }

    int bytes() {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    boolean hasStatusBar() {
        return json.getValue("oa") instanceof JsonObject oa && oa.containsKey("status_bar");
    }

    boolean containsAny(List<String> words) {
        return VisibleText.containsAny(json.getJsonObject(json.getString("msgtype")), words);
    }

    long hash() {
        return ContentHash.of(json);
    }

    /** What the same-content rule compares. */
    long comparedHash(Limits.SameContent compares, long hash) {
        return switch (compares) {
            case MSG -> hash;
            case TEXT -> ContentHash.of(collectTexts(json, new JsonArray()));
        };
    }

    private static JsonArray collectTexts(JsonObject from, JsonArray texts) {
        for (String key : from.fieldNames()) {
            Object value = from.getValue(key);
            if (value instanceof JsonObject nested) {
                collectTexts(nested, texts);
            } else if (TEXT_KEYS.contains(key)) {
                texts.add(String.valueOf(value));
            }
        }
        return texts;
    }
}
