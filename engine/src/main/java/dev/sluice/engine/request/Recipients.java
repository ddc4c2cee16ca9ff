package dev.sluice.engine.request;

import dev.sluice.engine.http.TextRules;

/** What a recipient may look like, for requests and people files alike. */
public final class Recipients {
    /** DingTalk's userid has at most 64; room for other platforms' ids. */
    private static final int MOST_CHARS = 128;

    private Recipients() {}

    /** What is wrong with a trimmed recipient: one sentence, null when nothing is. Commas and bars separate people in platform calls, so no id holds one. */
    public static String faultOf(String recipient) {
        if (recipient.isEmpty()) {
            return "A recipient must not be empty.";
        }
        if (recipient.length() > MOST_CHARS) {
            return "A recipient has at most " + MOST_CHARS + " characters.";
        }
        return plain(recipient)
                        || (TextRules.storable(recipient) && recipient.chars().allMatch(Recipients::allowed))
                ? null
                : "A recipient has no spaces, commas, bars, control or invisible characters, and is valid UTF-8.";
    }

    private static boolean plain(String recipient) {
        for (int i = 0; i < recipient.length(); i++) {
            char unit = recipient.charAt(i);
            if (unit <= ' ' || unit >= 127 || unit == ',' || unit == '|') {
                return false;
            }
        }
        return true;
    }

    /** U+FFFD stands where bytes were not UTF-8. What cannot be seen (of zero width, or for the direction of text) comes along when an id is copied. */
    private static boolean allowed(int unit) {
        return unit > ' '
                && unit != ','
                && unit != '|'
                && unit != 0xFFFD
                && Character.getType(unit) != Character.FORMAT
                && !Character.isISOControl(unit)
                && !Character.isWhitespace(unit)
                && !Character.isSpaceChar(unit);
    }
}
