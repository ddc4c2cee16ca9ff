package dev.sluice.engine.channel.dingtalk;

import static dev.sluice.engine.channel.content.Shape.UNBOUNDED;
import static dev.sluice.engine.channel.content.Shape.flag;
import static dev.sluice.engine.channel.content.Shape.list;
import static dev.sluice.engine.channel.content.Shape.object;
import static dev.sluice.engine.channel.content.Shape.oneOf;
import static dev.sluice.engine.channel.content.Shape.optional;
import static dev.sluice.engine.channel.content.Shape.required;
import static dev.sluice.engine.channel.content.Shape.text;
import static dev.sluice.engine.channel.content.Shape.url;

import dev.sluice.engine.channel.ContentFault;
import dev.sluice.engine.channel.content.CanonicalJson;
import dev.sluice.engine.channel.content.ContentShapes;
import dev.sluice.engine.channel.content.Shape;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a webhook robot can say (robot-message-type, 2026-05-15; custom-robots-send-group-messages, 2026-07-14). */
final class WebhookContent {
    /** The platform's own words: "message too long, exceed 20000 bytes". */
    private static final int MOST_BYTES = 20_000;
    /** Room for the key of the repeat, which the call adds. */
    private static final int KEY_BYTES = 100;

    private static final int MOST_MENTIONED = 50;

    private static final Set<String> WITHOUT_MENTIONS = Set.of("link", "feedCard");
    private static final Shape TEXT = text(UNBOUNDED);
    private static final Shape LINK = url(UNBOUNDED, WorkNoticeContent.LINK_SCHEMES);
    private static final Shape NAMES = list(0, MOST_MENTIONED, TEXT);

    private static final Shape ONE_BUTTON = object(
            required("title", TEXT),
            required("text", TEXT),
            optional("btnOrientation", oneOf("0", "1")),
            optional("hideAvatar", oneOf("0", "1")),
            required("singleTitle", TEXT),
            required("singleURL", LINK));

    private static final Shape BUTTONS = object(
            required("title", TEXT),
            required("text", TEXT),
            optional("btnOrientation", oneOf("0", "1")),
            optional("hideAvatar", oneOf("0", "1")),
            required("btns", list(1, UNBOUNDED, object(required("title", TEXT), required("actionURL", LINK)))));

    private static final Shape CARD = (value, pointer, faults) -> {
        boolean hasButtons = value instanceof JsonObject card && card.containsKey("btns");
        (hasButtons ? BUTTONS : ONE_BUTTON).check(value, pointer, faults);
    };

    private static final ContentShapes SHAPES = new ContentShapes(
            Map.of(
                    "text", object(required("content", TEXT)),
                    "markdown", object(required("title", TEXT), required("text", TEXT)),
                    "link",
                            object(
                                    required("title", TEXT),
                                    required("text", TEXT),
                                    required("messageUrl", LINK),
                                    optional("picUrl", TEXT)),
                    "actionCard", CARD,
                    "feedCard",
                            object(required(
                                    "links",
                                    list(
                                            1,
                                            UNBOUNDED,
                                            object(
                                                    required("title", TEXT),
                                                    required("messageURL", LINK),
                                                    required("picURL", TEXT)))))),
            List.of(optional(
                    "at",
                    object(optional("atMobiles", NAMES), optional("atUserIds", NAMES), optional("isAtAll", flag())))));

    private WebhookContent() {}

    static List<ContentFault> check(JsonObject content) {
        List<ContentFault> faults = SHAPES.check(content);
        if (faults.isEmpty() && content.getValue("at") instanceof JsonObject at) {
            checkMentions(content, at, faults);
        }
        if (faults.isEmpty()) {
            int bytes = CanonicalJson.of(content).getBytes(StandardCharsets.UTF_8).length + KEY_BYTES;
            if (bytes > MOST_BYTES) {
                faults.add(new ContentFault(
                        "",
                        "Has " + bytes + " bytes with the repeat key, and a webhook robot takes at most " + MOST_BYTES
                                + "."));
            }
        }
        return faults;
    }

    /** Somebody who is mentioned but does not stand in the text is not mentioned, without a word; so it is refused here. */
    private static void checkMentions(JsonObject content, JsonObject at, List<ContentFault> faults) {
        String type = content.getString("msgtype");
        if (WITHOUT_MENTIONS.contains(type)) {
            faults.add(new ContentFault("/at", "Is ignored by messages of type " + type + "; leave it out."));
            return;
        }
        JsonObject body = content.getJsonObject(type);
        String visible = body.getString("content", "") + body.getString("text", "");
        int mentioned = 0;
        for (String list : List.of("atMobiles", "atUserIds")) {
            JsonArray names = at.getJsonArray(list, new JsonArray());
            mentioned += names.size();
            for (int i = 0; i < names.size(); i++) {
                if (!visible.contains("@" + names.getString(i))) {
                    faults.add(new ContentFault(
                            "/at/" + list + "/" + i, "Must stand in the text as @" + names.getString(i) + "."));
                }
            }
        }
        if (mentioned > MOST_MENTIONED) {
            faults.add(new ContentFault("/at", "Must mention at most " + MOST_MENTIONED + " people."));
        }
    }
}
