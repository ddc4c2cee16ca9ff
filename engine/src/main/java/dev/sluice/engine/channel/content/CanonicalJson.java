package dev.sluice.engine.channel.content;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Arrays;

/**
 * The one text of a JSON value: keys in the order of their UTF-16 units, no spaces, nothing escaped that need not be. Written here and not by a library, since
 * a resend must be byte-identical even after an upgrade. Not for fractions: no content has any.
 */
public final class CanonicalJson {
    private static final String HEX = "0123456789abcdef";

    private CanonicalJson() {}

    /** The text of an object, an array, a string, a whole number, a boolean or null. */
    public static String of(Object value) {
        StringBuilder out = new StringBuilder(256);
        write(out, value);
        return out.toString();
    }

    /** Appends a string with its quotes. */
    public static void quote(StringBuilder out, String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < ' ') {
                escape(out, c);
            } else {
                out.append(c);
            }
        }
        out.append('"');
    }

    private static void escape(StringBuilder out, char c) {
        switch (c) {
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            default -> out.append("\\u00").append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
        }
    }

    private static void write(StringBuilder out, Object value) {
        switch (value) {
            case null -> out.append("null");
            case JsonObject object -> writeObject(out, object);
            case JsonArray array -> writeArray(out, array);
            case CharSequence text -> quote(out, text.toString());
            case Boolean flag -> out.append(flag.booleanValue());
            case Integer number -> out.append(number.intValue());
            case Long number -> out.append(number.longValue());
            default -> throw new IllegalArgumentException("no content holds a " + value.getClass());
        }
    }

    private static void writeObject(StringBuilder out, JsonObject object) {
        String[] names = object.fieldNames().toArray(String[]::new);
        Arrays.sort(names);
        out.append('{');
        for (String name : names) {
            separate(out, '{');
            quote(out, name);
            out.append(':');
            write(out, object.getValue(name));
        }
        out.append('}');
    }

    private static void writeArray(StringBuilder out, JsonArray array) {
        out.append('[');
        for (int i = 0; i < array.size(); i++) {
            separate(out, '[');
            write(out, array.getValue(i));
        }
        out.append(']');
    }

    private static void separate(StringBuilder out, char opening) {
        if (out.charAt(out.length() - 1) != opening) {
            out.append(',');
        }
    }
}
