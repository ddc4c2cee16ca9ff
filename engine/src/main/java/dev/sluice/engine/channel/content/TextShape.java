package dev.sluice.engine.channel.content;

import dev.sluice.engine.channel.ContentFault;
import dev.sluice.engine.model.Utf8;
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
            return advice.isEmpty() ? "Must be a text." : advice;
        }
        if (text.isBlank()) {
            return "Must not be blank.";
        }
        if (text.codePointCount(0, text.length()) > mostChars) {
            return "Must have at most " + mostChars + " characters.";
        }
        if (!Utf8.canWrite(text)) {
            return "Holds half of a surrogate pair, which is no character.";
        }
        return rule.test(text) ? null : advice;
    }
}
