package dev.sluice.engine.channel.content;

import dev.sluice.engine.channel.ContentFault;
import java.util.List;
import java.util.function.Predicate;

/** A text: not blank, not too long, made of whole characters, and as its rule wants it. */
record TextShape(int mostChars, Predicate<String> rule, String advice) implements Shape {
    @Override
    public void check(Object value, String pointer, List<ContentFault> faults) {
        String fault = fault(value);
        if (fault != null) {
            faults.add(new ContentFault(pointer, fault));
        }
    }

    private String fault(Object value) {
        if (!(value instanceof String text)) {
            return advice.isEmpty() ? "must be a text" : advice;
        }
        if (text.isBlank()) {
            return "must not be blank";
        }
        if (text.codePointCount(0, text.length()) > mostChars) {
            return "must have at most " + mostChars + " characters";
        }
        // Half a surrogate pair has no UTF-8: it would arrive as another character than the one that was accepted.
        if (!hasWholeCharacters(text)) {
            return "holds half of a surrogate pair, which is no character";
        }
        return rule.test(text) ? null : advice;
    }

    private static boolean hasWholeCharacters(String text) {
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
