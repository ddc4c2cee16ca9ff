package dev.sluice.loadtest.terminal;

/** What somebody else wrote, fit for a line at a terminal: no control character, and no page of it. */
public final class OneLine {
    private static final int MOST_CHARACTERS = 500;

    private OneLine() {}

    /** The text, or its beginning. */
    public static String of(String text) {
        String beginning = text.length() > MOST_CHARACTERS ? text.substring(0, MOST_CHARACTERS) + " ..." : text;
        return beginning.replaceAll("\\p{Cc}+", " ");
    }
}
