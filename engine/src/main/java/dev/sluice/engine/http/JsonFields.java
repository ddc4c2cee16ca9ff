package dev.sluice.engine.http;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Takes fields out of a JSON object and notes everything that is wrong, so that a client hears it all at once. A field that is absent or wrong reads as null. */
public final class JsonFields {
    private final JsonObject object;
    private final List<Fault> faults = new ArrayList<>(0);

    public JsonFields(JsonObject object) {
        this.object = object;
    }

    /** What was wrong so far. */
    public List<Fault> faults() {
        return faults;
    }

    /** Notes a fault. */
    public void fault(String pointer, String detail) {
        faults.add(new Fault(pointer, detail));
    }

    /** Every field that is not one of these is a fault: a misspelt option must not be ignored. */
    public void refuseUnknown(Set<String> known) {
        List<String> unknown = object.fieldNames().stream()
                .filter(name -> !known.contains(name))
                .toList();
        if (!unknown.isEmpty()) {
            String detail = "There is no such field. Known: "
                    + String.join(", ", known.stream().sorted().toList()) + ".";
            unknown.forEach(name -> fault("/" + escape(name), detail));
        }
    }

    /** A text of 1 to {@code mostChars} characters. */
    public String text(String name, int mostChars) {
        String text = typed(name, String.class, "a text");
        if (text != null && (text.isBlank() || text.length() > mostChars || !TextRules.printable(text))) {
            fault("/" + name, "Must have 1 to " + mostChars + " printable characters.");
            return null;
        }
        return text;
    }

    /** The same, and a fault when it is absent. */
    public String requiredText(String name, int mostChars) {
        return require(name) ? text(name, mostChars) : null;
    }

    /** An object. */
    public JsonObject requiredObject(String name) {
        return require(name) ? typed(name, JsonObject.class, "an object") : null;
    }

    /** An array. */
    public JsonArray array(String name) {
        return typed(name, JsonArray.class, "an array");
    }

    /** A truth value; absent is false. */
    public boolean flag(String name) {
        return Boolean.TRUE.equals(typed(name, Boolean.class, "true or false"));
    }

    /** An instant with its offset, ISO 8601. */
    public Instant instant(String name) {
        String text = typed(name, String.class, "a time");
        if (text == null) {
            return null;
        }
        try {
            return TextRules.instant(text);
        } catch (DateTimeException wrong) {
            fault("/" + name, "Must be a time with its offset, such as 2026-11-21T09:00:00+08:00.");
            return null;
        }
    }

    /** Whether the field is there; a fault when it is not. */
    public boolean require(String name) {
        boolean there = object.getValue(name) != null;
        if (!there) {
            fault("/" + name, "Is required.");
        }
        return there;
    }

    /** Whether the field is there and not null. */
    public boolean has(String name) {
        return object.getValue(name) != null;
    }

    private <T> T typed(String name, Class<T> type, String expected) {
        Object value = object.getValue(name);
        if (value == null || type.isInstance(value)) {
            return type.cast(value);
        }
        fault("/" + name, "Must be " + expected + ".");
        return null;
    }

    private static String escape(String name) {
        return (name.length() > 64 ? name.substring(0, 64) : name)
                .replace("~", "~0")
                .replace("/", "~1");
    }
}
