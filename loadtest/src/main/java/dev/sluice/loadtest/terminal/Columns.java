package dev.sluice.loadtest.terminal;

import java.lang.Character.UnicodeScript;
import java.util.Set;

/** Widths on a terminal, where a Chinese character takes two columns and most others one. */
public final class Columns {
    private static final Set<UnicodeScript> WIDE = Set.of(
            UnicodeScript.HAN,
            UnicodeScript.HIRAGANA,
            UnicodeScript.KATAKANA,
            UnicodeScript.HANGUL,
            UnicodeScript.BOPOMOFO);

    private Columns() {}

    /** Columns that a text takes. */
    public static int width(String text) {
        return text.codePoints().map(Columns::width).sum();
    }

    private static int width(int codePoint) {
        boolean fullWidth = within(codePoint, 0x3000, 0x303F) || within(codePoint, 0xFF00, 0xFF60);
        return fullWidth || WIDE.contains(UnicodeScript.of(codePoint)) ? 2 : 1;
    }

    private static boolean within(int codePoint, int first, int last) {
        return codePoint >= first && codePoint <= last;
    }

    /** The text in exactly so many columns: cut with an ellipsis, or filled with spaces. */
    public static String fit(String text, int columns) {
        String cut = cut(text, columns);
        return cut + " ".repeat(columns - width(cut));
    }

    /** The text in at most so many columns, cut with an ellipsis. */
    public static String cut(String text, int columns) {
        if (width(text) <= columns) {
            return text;
        }
        StringBuilder kept = new StringBuilder();
        int used = 1;
        for (int at = 0; at < text.length(); at = text.offsetByCodePoints(at, 1)) {
            int codePoint = text.codePointAt(at);
            used += width(codePoint);
            if (used > columns) {
                break;
            }
            kept.appendCodePoint(codePoint);
        }
        return columns < 1 ? "" : kept.append('…').toString();
    }
}
