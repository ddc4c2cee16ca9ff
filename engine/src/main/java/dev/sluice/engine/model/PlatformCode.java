package dev.sluice.engine.model;

/**
 * What a platform said, verbatim and bounded: its code and its text.
 *
 * @param code the platform's code, "" when the answer had none, cut at 100 characters
 * @param text its text, cut at 500 characters
 */
public record PlatformCode(String code, String text) {
    private static final int MOST_CODE_CHARS = 100;
    private static final int MOST_TEXT_CHARS = 500;

    /** The code of an answer that had none. */
    public static final PlatformCode NONE = new PlatformCode("", "");

    public PlatformCode {
        code = cut(code, MOST_CODE_CHARS);
        text = text == null ? "" : cut(text, MOST_TEXT_CHARS);
    }

    /** Whole characters only: half of one cannot be stored. */
    private static String cut(String text, int mostChars) {
        if (text.length() <= mostChars) {
            return text;
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(mostChars - 1)) ? mostChars - 1 : mostChars);
    }
}
