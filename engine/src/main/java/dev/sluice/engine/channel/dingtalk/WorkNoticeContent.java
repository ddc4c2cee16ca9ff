package dev.sluice.engine.channel.dingtalk;

import static dev.sluice.engine.channel.content.Shape.UNBOUNDED;
import static dev.sluice.engine.channel.content.Shape.digits;
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
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The {@code msg} of a work notice (message-types-and-data-format, 2026-03-06). Lengths that the page only advises are left to the sender; what it calls a maximum
 * is refused here, since its error for each is not published and a call would be spent to learn it.
 */
final class WorkNoticeContent {
    /** asynchronous-sending-of-enterprise-session-messages, 2026-05-29. */
    static final int MOST_BYTES = 2048;

    private static final int MOST_BUTTON_LIST_CHARS = 1000;
    /** Pages, mini programs ({@code eapp}) and links for the desktop client (message-link-description, 2025-09-10). */
    static final Set<String> LINK_SCHEMES = Set.of("http", "https", "eapp", "dingtalk");

    private static final Shape TEXT = text(UNBOUNDED);
    private static final Shape LINK = url(UNBOUNDED, LINK_SCHEMES);

    private static final Shape OA = object(
            required("message_url", LINK),
            optional("pc_message_url", LINK),
            required(
                    "head",
                    object(
                            required(
                                    "bgcolor",
                                    text(
                                            8,
                                            colour -> colour.matches("[0-9A-Fa-f]{8}"),
                                            "Must be 8 hex digits, AARRGGBB.")),
                            required("text", TEXT))),
            optional("status_bar", object(required("status_value", TEXT), optional("status_bg", TEXT))),
            required(
                    "body",
                    object(
                            optional("title", TEXT),
                            // More rows are not shown, so more are refused.
                            optional("form", list(1, 6, object(required("key", TEXT), required("value", TEXT)))),
                            optional("rich", object(required("num", TEXT), required("unit", TEXT))),
                            optional("content", TEXT),
                            optional("image", TEXT),
                            optional("file_count", digits(0, 999_999_999)),
                            optional("author", TEXT))));

    private static final Shape ONE_BUTTON = object(
            required("title", TEXT),
            required("markdown", TEXT),
            required("single_title", text(20)),
            required("single_url", url(500, LINK_SCHEMES)));

    private static final Shape BUTTONS = object(
            required("title", TEXT),
            required("markdown", TEXT),
            required("btn_orientation", oneOf("0", "1")),
            required(
                    "btn_json_list",
                    list(
                            1,
                            UNBOUNDED,
                            object(required("title", text(20)), required("action_url", url(700, LINK_SCHEMES))))));

    static final Shape ACTION_CARD = (value, pointer, faults) -> {
        boolean hasButtons = value instanceof JsonObject card
                && (card.containsKey("btn_json_list") || card.containsKey("btn_orientation"));
        List<ContentFault> ofShape = new ArrayList<>();
        (hasButtons ? BUTTONS : ONE_BUTTON).check(value, pointer, ofShape);
        faults.addAll(ofShape);
        // Only what has its shape has a canonical text, and so a length.
        if (hasButtons
                && ofShape.isEmpty()
                && CanonicalJson.of(((JsonObject) value).getValue("btn_json_list"))
                                .length()
                        > MOST_BUTTON_LIST_CHARS) {
            faults.add(new ContentFault(
                    pointer + "/btn_json_list",
                    "Must have at most " + MOST_BUTTON_LIST_CHARS + " characters as JSON."));
        }
    };

    private static final ContentShapes SHAPES = new ContentShapes(
            Map.of(
                    "text", object(required("content", TEXT)),
                    "markdown", object(required("title", TEXT), required("text", text(5000))),
                    "link",
                            object(
                                    required("messageUrl", LINK),
                                    required("picUrl", TEXT),
                                    required("title", TEXT),
                                    required("text", TEXT)),
                    "image", object(required("media_id", TEXT)),
                    "file", object(required("media_id", TEXT)),
                    "voice", object(required("media_id", TEXT), required("duration", digits(1, 59))),
                    "oa", OA,
                    "action_card", ACTION_CARD),
            List.of());

    private WorkNoticeContent() {}

    static List<ContentFault> check(JsonObject content) {
        List<ContentFault> faults = SHAPES.check(content);
        if (faults.isEmpty()) {
            int bytes = CanonicalJson.of(content).getBytes(StandardCharsets.UTF_8).length;
            if (bytes > MOST_BYTES) {
                faults.add(new ContentFault(
                        "", "Has " + bytes + " bytes as UTF-8 JSON, and DingTalk takes at most " + MOST_BYTES + "."));
            }
        }
        return faults;
    }

    /** Whether a canonical content has a status bar. Inside a text the quotes would be escaped, so only the field itself looks like this. */
    static boolean hasStatusBar(String canonical) {
        return canonical.contains("\"status_bar\":{");
    }
}
