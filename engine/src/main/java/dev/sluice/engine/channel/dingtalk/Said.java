package dev.sluice.engine.channel.dingtalk;

import dev.sluice.engine.model.PlatformCode;
import io.vertx.core.json.JsonObject;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the platform said in an answer that is one of its envelopes.
 *
 * @param code its code, "" when the answer has none
 * @param text its text for people
 * @param body the whole answer
 */
record Said(String code, String text, JsonObject body) {
    /** Gateway failures of {@code /topapi} arrive wrapped: 88 outside, the code that matters in sub_code. */
    private static final String WRAPPER = "88";

    private static final Pattern WRAPPED = Pattern.compile("subcode=([\\w.-]{1,60})");

    PlatformCode platformCode() {
        return new PlatformCode(code, text);
    }

    /**
     * Either family's envelope. The older one: sub_code first, then errcode; inside errmsg where a wrapper came without its sub_code. The newer one: code, in both
     * spellings that its SDK reads.
     */
    static Said of(JsonObject body) {
        String outer = text(body, "errcode", "code", "Code");
        String outerText = text(body, "errmsg", "message", "Message");
        String inner = text(body, "sub_code", "subcode");
        if (inner.isEmpty() && outer.equals(WRAPPER)) {
            Matcher wrapped = WRAPPED.matcher(outerText);
            inner = wrapped.find() ? wrapped.group(1) : "";
        }
        String innerText = text(body, "sub_msg");
        return new Said(inner.isEmpty() ? outer : inner, innerText.isEmpty() ? outerText : innerText, body);
    }

    /** The first of the scalar fields that says anything, as text: the platform writes numbers with and without quotes. */
    private static String text(JsonObject body, String... names) {
        for (String name : names) {
            Object value = body.getValue(name);
            String text = value instanceof CharSequence || value instanceof Number
                    ? value.toString().strip()
                    : "";
            if (!text.isEmpty()) {
                return text;
            }
        }
        return "";
    }
}
