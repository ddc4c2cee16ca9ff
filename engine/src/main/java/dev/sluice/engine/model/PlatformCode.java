package dev.sluice.engine.model;

/**
 * What a platform said, verbatim and bounded: its code and its text.
 *
 * @param code the platform's code, "" when the answer had none
 * @param text its text, cut at 500 characters
 */
public record PlatformCode(String code, String text) {
    private static final int MOST_TEXT_CHARS = 500;

    /** The code of an answer that had none. */
    public static final PlatformCode NONE = new PlatformCode("", "");

    public PlatformCode {
        text = text == null ? "" : text.length() > MOST_TEXT_CHARS ? text.substring(0, MOST_TEXT_CHARS) : text;
    }
}
