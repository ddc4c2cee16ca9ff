package dev.sluice.loadtest.evidence;

import dev.sluice.engine.model.ChannelKind;
import dev.sluice.simulator.ledger.ContentHash;
import io.vertx.core.json.JsonObject;

/** A content as the send API takes it and as the platform's ledger knows it. */
public final class MessageContent {
    private MessageContent() {}

    /** A text to send, without its recipients. */
    public static JsonObject message(String channel, String text, String priority) {
        return new JsonObject()
                .put("channel", channel)
                .put("priority", priority)
                .put("content", text(text));
    }

    /** A text. */
    public static JsonObject text(String text) {
        return new JsonObject().put("msgtype", "text").put("text", new JsonObject().put("content", text));
    }

    /** The platform's hash of a text that was sent through a channel of a kind. */
    public static long hash(ChannelKind kind, String text) {
        JsonObject content = text(text);
        return kind == ChannelKind.DINGTALK_ROBOT
                ? ContentHash.ofRobot(
                        "sampleText", content.getJsonObject("text").encode())
                : ContentHash.of(content);
    }

    /** The platform's hash of a stored content, of whichever channel. */
    public static long hash(String canonical) {
        JsonObject content = new JsonObject(canonical);
        return content.containsKey("msgKey")
                ? ContentHash.ofRobot(
                        content.getString("msgKey"),
                        content.getJsonObject("msgParam").encode())
                : ContentHash.of(content);
    }
}
