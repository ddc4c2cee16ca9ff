package dev.sluice.simulator.webhook;

import dev.sluice.simulator.http.RefusedException;
import dev.sluice.simulator.http.Reply;
import dev.sluice.simulator.ledger.ContentHash;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;

/**
 * The body of {@code /robot/send} (robot-message-type, 2026-05-15).
 *
 * @param json all of it
 * @param content what is shown: the body of its type
 */
record WebhookMessage(JsonObject json, JsonObject content) {
    private static final Map<String, List<String>> REQUIRED = Map.of(
            "text", List.of("content"),
            "markdown", List.of("title", "text"),
            "link", List.of("title", "text", "messageUrl"),
            "actionCard", List.of("title", "text"),
            "feedCard", List.of("links"));

    /**
     * Reads a body.
     *
     * @throws RefusedException with the platform's code if it cannot be used
     */
    static WebhookMessage of(String body) {
        JsonObject json;
        try {
            json = new JsonObject(body);
        } catch (DecodeException malformed) {
            throw error(40035, "缺少参数 json");
        }
        if (!(json.getValue("msgtype") instanceof String type) || !REQUIRED.containsKey(type)) {
            throw error(400105, "不支持的消息类型");
        }
        if (!(json.getValue(type) instanceof JsonObject content)
                || !REQUIRED.get(type).stream().allMatch(key -> isThere(content.getValue(key)))) {
            throw error(400402, "缺少必要的消息字段: " + String.join(", ", REQUIRED.get(type)));
        }
        return new WebhookMessage(json, content);
    }

    private static boolean isThere(Object value) {
        return switch (value) {
            case null -> false;
            case String text -> !text.isBlank();
            case JsonArray array -> !array.isEmpty();
            default -> true;
        };
    }

    String uuid() {
        return json.getValue("msgUuid") instanceof String uuid && !uuid.isBlank() ? uuid : null;
    }

    /** Hash of everything but the {@code msgUuid}. */
    long hash() {
        JsonObject message = json.copy();
        message.remove("msgUuid");
        return ContentHash.of(message);
    }

    static RefusedException error(int code, String text) {
        return new RefusedException(Reply.oapiError(code, text));
    }
}
