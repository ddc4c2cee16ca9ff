package dev.sluice.engine.channel.content;

import dev.sluice.engine.channel.ContentFault;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What a part of a content must look like. A shape names everything that is wrong and knows every field: what it does not know is a fault. */
public interface Shape {
    /** Any length; the platform bounds the message as a whole. */
    int UNBOUNDED = Integer.MAX_VALUE;

    /** Nobody reads more than the first of them, and a hundred thousand would keep an event loop from everybody else. */
    int MOST_FAULTS = 1_000;

    /** Adds what is wrong with the value that stands at the pointer. */
    void check(Object value, String pointer, List<ContentFault> faults);

    /** A text that is not blank. */
    static Shape text(int mostChars) {
        return new TextShape(mostChars, text -> true, "");
    }

    /** A text that must meet a rule. */
    static Shape text(int mostChars, Predicate<String> rule, String advice) {
        return new TextShape(mostChars, rule, advice);
    }

    /** An address that the platform's clients open. */
    static Shape url(int mostChars, Set<String> schemes) {
        Pattern pattern = Pattern.compile("(" + String.join("|", schemes) + ")://\\S+");
        return text(
                mostChars,
                text -> pattern.matcher(text).matches(),
                "Must be an address without spaces that begins with one of "
                        + schemes.stream().sorted().collect(Collectors.joining(", ")) + ".");
    }

    /** A whole number from {@code least} to {@code most}, written as a text. */
    static Shape digits(int least, int most) {
        return text(
                10,
                text -> text.matches("[0-9]{1,9}") && Integer.parseInt(text) >= least && Integer.parseInt(text) <= most,
                "Must be a text with a whole number from " + least + " to " + most + ".");
    }

    /** One of a few texts. */
    static Shape oneOf(String... values) {
        List<String> known = List.of(values);
        return text(UNBOUNDED, known::contains, "Must be one of " + String.join(", ", known) + ".");
    }

    /** True or false. */
    static Shape flag() {
        return (value, pointer, faults) -> {
            if (!(value instanceof Boolean)) {
                faults.add(new ContentFault(pointer, "Must be true or false."));
            }
        };
    }

    /** A list of so many items; {@link #UNBOUNDED} where only the message as a whole is. */
    static Shape list(int least, int most, Shape item) {
        return new ListShape(least, most, item);
    }

    /** An object of exactly these fields. */
    static Shape object(Field... fields) {
        return new ObjectShape(List.of(fields));
    }

    /** A field that must be there. */
    static Field required(String name, Shape shape) {
        return new Field(name, true, shape);
    }

    /** A field that may be there. */
    static Field optional(String name, Shape shape) {
        return new Field(name, false, shape);
    }

    /**
     * A field of an object.
     *
     * @param name its key
     * @param isRequired whether it must be there
     * @param shape what it holds
     */
    record Field(String name, boolean isRequired, Shape shape) {}
}
