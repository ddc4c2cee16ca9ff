package dev.sluice.engine.model;

/** Which texts UTF-8 can write. */
public final class Utf8 {
    private Utf8() {}

    /** Whether each half of a surrogate pair has its other half; alone it is no character, and arrives as another one. */
    public static boolean canWrite(String text) {
        int codePoint;
        for (int i = 0; i < text.length(); i += Character.charCount(codePoint)) {
            codePoint = text.codePointAt(i);
            if (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE) {
                return false;
            }
        }
        return true;
    }
}
