package dev.sluice.engine.channel.dingtalk;

import static dev.sluice.engine.channel.content.Shape.UNBOUNDED;
import static dev.sluice.engine.channel.content.Shape.digits;
import static dev.sluice.engine.channel.content.Shape.object;
import static dev.sluice.engine.channel.content.Shape.required;
import static dev.sluice.engine.channel.content.Shape.text;
import static dev.sluice.engine.channel.content.Shape.url;

import dev.sluice.engine.channel.ContentFault;
import dev.sluice.engine.channel.content.ContentShapes;
import dev.sluice.engine.channel.content.Shape;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;

/** The simple types, written as a work notice writes them, so that one content can go through either channel; translated to the robot's catalogue. */
final class SimpleRobotContent {
    private static final Shape TEXT = text(UNBOUNDED);
    /** The catalogue has cards of 2 to 5 buttons below each other, and of 2 beside each other. */
    private static final int MOST_BUTTONS = 5;

    private static final String VERTICAL = "0";

    private static final Shape CARD = (value, pointer, faults) -> {
        WorkNoticeContent.ACTION_CARD.check(value, pointer, faults);
        if (value instanceof JsonObject card && card.getValue("btn_json_list") instanceof JsonArray buttons) {
            int most = VERTICAL.equals(card.getValue("btn_orientation")) ? MOST_BUTTONS : 2;
            if (buttons.size() < 2 || buttons.size() > most) {
                faults.add(new ContentFault(
                        pointer + "/btn_json_list",
                        "Must have 2 to " + MOST_BUTTONS + " buttons below each other or 2 beside each other."));
            }
        }
    };

    private static final ContentShapes SHAPES = new ContentShapes(
            Map.of(
                    "text", object(required("content", TEXT)),
                    "markdown", object(required("title", TEXT), required("text", TEXT)),
                    "link",
                            object(
                                    required("messageUrl", url(UNBOUNDED, WorkNoticeContent.LINK_SCHEMES)),
                                    required("picUrl", TEXT),
                                    required("title", TEXT),
                                    required("text", TEXT)),
                    "image", object(required("media_id", TEXT)),
                    // A robot's file shows its name and type, which a media id does not tell.
                    "file",
                            object(
                                    required("media_id", TEXT),
                                    required("fileName", TEXT),
                                    required("fileType", RobotContent.FILE_TYPE)),
                    "voice", object(required("media_id", TEXT), required("duration", digits(1, 59))),
                    "action_card", CARD),
            List.of());

    private SimpleRobotContent() {}

    static List<ContentFault> check(JsonObject content) {
        return SHAPES.check(content);
    }

    /** The msgKey and msgParam of a content without faults. */
    static JsonObject translate(JsonObject content) {
        String type = content.getString("msgtype");
        JsonObject body = content.getJsonObject(type);
        return switch (type) {
            case "text" -> message("sampleText", body);
            case "markdown" -> message("sampleMarkdown", body);
            case "link" -> message("sampleLink", body);
            case "image" -> message("sampleImageMsg", new JsonObject().put("photoURL", body.getString("media_id")));
            case "file" ->
                message(
                        "sampleFile",
                        new JsonObject()
                                .put("mediaId", body.getString("media_id"))
                                .put("fileName", body.getString("fileName"))
                                .put("fileType", body.getString("fileType")));
            // Work notices count seconds, robots milliseconds.
            case "voice" ->
                message(
                        "sampleAudio",
                        new JsonObject()
                                .put("mediaId", body.getString("media_id"))
                                .put("duration", Integer.parseInt(body.getString("duration")) + "000"));
            case "action_card" -> card(body);
            default -> throw new IllegalArgumentException("no robot message of type " + type);
        };
    }

    private static JsonObject message(String key, JsonObject param) {
        return new JsonObject().put("msgKey", key).put("msgParam", param);
    }

    private static JsonObject card(JsonObject body) {
        JsonObject param =
                new JsonObject().put("title", body.getString("title")).put("text", body.getString("markdown"));
        JsonArray buttons = body.getJsonArray("btn_json_list");
        if (buttons == null) {
            param.put("singleTitle", body.getString("single_title")).put("singleURL", body.getString("single_url"));
            return message("sampleActionCard", param);
        }
        boolean vertical = VERTICAL.equals(body.getString("btn_orientation"));
        for (int i = 0; i < buttons.size(); i++) {
            JsonObject button = buttons.getJsonObject(i);
            param.put((vertical ? "actionTitle" : "buttonTitle") + (i + 1), button.getString("title"));
            param.put((vertical ? "actionURL" : "buttonUrl") + (i + 1), button.getString("action_url"));
        }
        return message("sampleActionCard" + (vertical ? buttons.size() : 6), param);
    }
}
