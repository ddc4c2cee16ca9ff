package dev.sluice.engine.channel.dingtalk;

import static dev.sluice.engine.channel.content.Shape.UNBOUNDED;
import static dev.sluice.engine.channel.content.Shape.digits;
import static dev.sluice.engine.channel.content.Shape.object;
import static dev.sluice.engine.channel.content.Shape.oneOf;
import static dev.sluice.engine.channel.content.Shape.optional;
import static dev.sluice.engine.channel.content.Shape.required;
import static dev.sluice.engine.channel.content.Shape.text;
import static dev.sluice.engine.channel.content.Shape.url;

import dev.sluice.engine.channel.ContentFault;
import dev.sluice.engine.channel.content.CanonicalJson;
import dev.sluice.engine.channel.content.Shape;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What a robot can say: a {@code msgKey} of the catalogue with its {@code msgParam} as an object of texts (robot-message-type, 2026-05-15), or one of the simple
 * types that {@link SimpleRobotContent} translates. Both become one canonical form, so equal messages travel together however they were written.
 */
final class RobotContent {
    private static final String KEY = "msgKey";
    private static final String PARAM = "msgParam";
    private static final Shape TEXT = text(UNBOUNDED);
    private static final Shape LINK = url(UNBOUNDED, WorkNoticeContent.LINK_SCHEMES);
    static final Shape FILE_TYPE = oneOf("xlsx", "pdf", "zip", "rar", "doc", "docx");
    private static final Map<String, Shape> CATALOGUE = catalogue();

    private RobotContent() {}

    static List<ContentFault> check(JsonObject content, int mostParamBytes) {
        boolean isNative = content.containsKey(KEY) || content.containsKey(PARAM);
        List<ContentFault> faults = isNative ? checkNative(content) : SimpleRobotContent.check(content);
        if (faults.isEmpty()) {
            int bytes = param(canonical(content)).getBytes(StandardCharsets.UTF_8).length;
            if (bytes > mostParamBytes) {
                faults.add(
                        new ContentFault("", "Has a msgParam of " + bytes + " bytes; at most " + mostParamBytes + "."));
            }
        }
        return faults;
    }

    private static List<ContentFault> checkNative(JsonObject content) {
        List<ContentFault> faults = new ArrayList<>();
        if (!(content.getValue(KEY) instanceof String key) || !CATALOGUE.containsKey(key)) {
            faults.add(new ContentFault(
                    "/" + KEY, "Must be one of " + String.join(", ", new TreeSet<>(CATALOGUE.keySet())) + "."));
            return faults;
        }
        object(required(KEY, TEXT), required(PARAM, CATALOGUE.get(key))).check(content, "", faults);
        return faults;
    }

    /** {@code {"msgKey":"...","msgParam":{...}}}, whichever way the content was written. */
    static String canonical(JsonObject content) {
        return CanonicalJson.of(content.containsKey(KEY) ? content : SimpleRobotContent.translate(content));
    }

    /** The msgKey of a canonical content. */
    static String key(String canonical) {
        return canonical.substring(KEY.length() + 5, separator(canonical));
    }

    /** The msgParam of a canonical content, as JSON. */
    static String param(String canonical) {
        return canonical.substring(separator(canonical) + PARAM.length() + 5, canonical.length() - 1);
    }

    /** Where {@code ","msgParam":} begins; no key of the catalogue holds a quote. */
    private static int separator(String canonical) {
        return canonical.indexOf("\",\"" + PARAM + "\":");
    }

    private static Map<String, Shape> catalogue() {
        Map<String, Shape> shapes = new TreeMap<>();
        shapes.put("sampleText", object(required("content", TEXT)));
        shapes.put("sampleMarkdown", object(required("title", TEXT), required("text", TEXT)));
        shapes.put("sampleImageMsg", object(required("photoURL", TEXT)));
        shapes.put(
                "sampleLink",
                object(
                        required("text", TEXT),
                        required("title", TEXT),
                        required("picUrl", TEXT),
                        required("messageUrl", LINK)));
        shapes.put(
                "sampleActionCard",
                object(
                        required("title", TEXT),
                        required("text", TEXT),
                        required("singleTitle", TEXT),
                        required("singleURL", LINK)));
        for (int buttons = 2; buttons <= 5; buttons++) {
            shapes.put("sampleActionCard" + buttons, card(buttons, "actionTitle", "actionURL"));
        }
        shapes.put("sampleActionCard6", card(2, "buttonTitle", "buttonUrl"));
        shapes.put("sampleAudio", object(required("mediaId", TEXT), required("duration", digits(1, 999_999_999))));
        shapes.put(
                "sampleFile",
                object(required("mediaId", TEXT), required("fileName", TEXT), required("fileType", FILE_TYPE)));
        shapes.put(
                "sampleVideo",
                object(
                        required("duration", digits(1, 999_999_999)),
                        required("videoMediaId", TEXT),
                        required("videoType", oneOf("mp4")),
                        required("picMediaId", TEXT),
                        optional("height", digits(1, 99_999)),
                        optional("width", digits(1, 99_999))));
        return Map.copyOf(shapes);
    }

    private static Shape card(int buttons, String titleName, String urlName) {
        Stream<Shape.Field> ofButtons = IntStream.rangeClosed(1, buttons)
                .boxed()
                .flatMap(i -> Stream.of(required(titleName + i, TEXT), required(urlName + i, LINK)));
        return object(Stream.concat(Stream.of(required("title", TEXT), required("text", TEXT)), ofButtons)
                .toArray(Shape.Field[]::new));
    }
}
