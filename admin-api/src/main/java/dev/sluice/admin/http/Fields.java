package dev.sluice.admin.http;

import dev.sluice.engine.http.Fault;
import dev.sluice.engine.http.ProblemException;
import dev.sluice.engine.http.TextRules;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * Reads a JSON object field by field and collects everything that is wrong with it; {@link #check} ends the reading and refuses fields that nobody asked for. A
 * field that is missing or wrong reads as null (text as ""), so values are only good after {@code check}.
 */
public final class Fields {
    private final JsonObject json;
    private final String pointer;
    private final List<Fault> faults;
    private final Set<String> read = new HashSet<>();
    private final List<Fields> nested = new ArrayList<>();

    public Fields(JsonObject json) {
        this(json, "", new ArrayList<>());
    }

    private Fields(JsonObject json, String pointer, List<Fault> faults) {
        this.json = json;
        this.pointer = pointer;
        this.faults = faults;
    }

    /** Whether the field is there, null included. */
    public boolean has(String name) {
        return json.containsKey(name);
    }

    /** A text that must be there. */
    public String text(String name, int mostChars) {
        String text = textIfAny(name, mostChars);
        if (text == null) {
            require(name, "a text");
            return "";
        }
        return text;
    }

    /** A text of 1 to {@code mostChars} characters, or null. The spaces around it are left out: copied with an id, they would make it another one. */
    public String textIfAny(String name, int mostChars) {
        Object value = take(name);
        if (value == null) {
            return null;
        }
        if (!(value instanceof String text) || text.isBlank() || text.strip().length() > mostChars) {
            fault(name, "Must be a text of 1 to " + mostChars + " characters.");
            return null;
        }
        return text.strip();
    }

    /** One of these words, that must be there. */
    public String word(String name, Collection<String> words) {
        String word = wordIfAny(name, words);
        return word == null ? require(name, "one of " + String.join(", ", words)) : word;
    }

    /** One of these words, or null. */
    public String wordIfAny(String name, Collection<String> words) {
        Object value = take(name);
        if (value == null || (value instanceof String text && words.contains(text))) {
            return (String) value;
        }
        fault(name, "Must be one of " + String.join(", ", words) + ".");
        return null;
    }

    /** A whole number that must be there. */
    public Long number(String name, long least, long most) {
        Long number = numberIfAny(name, least, most);
        if (number == null) {
            require(name, "a whole number");
        }
        return number;
    }

    /** A whole number in a range, or null. */
    public Long numberIfAny(String name, long least, long most) {
        Object value = take(name);
        if (value == null) {
            return null;
        }
        if ((value instanceof Integer || value instanceof Long)
                && ((Number) value).longValue() >= least
                && ((Number) value).longValue() <= most) {
            return ((Number) value).longValue();
        }
        fault(name, "Must be a whole number from " + least + " to " + most + ".");
        return null;
    }

    /** A day from today on, from which something holds; today unless given. */
    public LocalDate dayFrom(String name, LocalDate today) {
        LocalDate day = parsed(name, "a day such as 2026-12-01, from " + TextRules.YEARS, TextRules::day);
        if (day == null) {
            return today;
        }
        if (day.isBefore(today)) {
            fault(name, "Must be today (" + today + ") or later: the past stays.");
        }
        return day;
    }

    /** A moment such as 2026-12-01T08:00:00Z, or null. */
    public Instant momentIfAny(String name) {
        return parsed(name, "a moment such as 2026-12-01T08:00:00Z, from " + TextRules.YEARS, TextRules::instant);
    }

    /** A time of day such as 22:00 that must be there. */
    public LocalTime timeOfDay(String name) {
        LocalTime time = parsed(name, "a time of day such as 22:00", LocalTime::parse);
        if (time == null) {
            require(name, "a time of day such as 22:00");
        }
        return time;
    }

    /** A time zone such as Asia/Shanghai, or null. */
    public ZoneId zoneIfAny(String name) {
        return parsed(name, "a time zone such as Asia/Shanghai", ZoneId::of);
    }

    /** An object in this one; an empty one when it is missing or null. */
    public Fields object(String name) {
        Object value = take(name);
        if (value != null && !(value instanceof JsonObject)) {
            fault(name, "Must be an object.");
        }
        Fields inner = new Fields(
                value instanceof JsonObject object ? object : new JsonObject(), pointer + "/" + name, faults);
        nested.add(inner);
        return inner;
    }

    /** Whole numbers, 1 to {@code mostItems} different ones of them. */
    public List<Integer> numbers(String name, int mostItems) {
        Object value = take(name);
        if (!(value instanceof JsonArray array) || array.isEmpty() || array.size() > mostItems) {
            fault(name, "Must be a list of 1 to " + mostItems + " whole numbers.");
            return List.of();
        }
        Set<Integer> numbers = new HashSet<>();
        for (int at = 0; at < array.size(); at++) {
            if (!(array.getValue(at) instanceof Integer number) || number < 0 || !numbers.add(number)) {
                fault(name + "/" + at, "Must be a whole number from 0 that does not stand in the list before.");
            }
        }
        return List.copyOf(numbers);
    }

    /** Passes over fields that cannot be judged, since another one that says what they are is wrong. */
    public void passOver(String... names) {
        read.addAll(List.of(names));
    }

    /** The names in this object. */
    public Set<String> names() {
        return json.fieldNames();
    }

    /** Says that a field is wrong. */
    public void fault(String name, String detail) {
        faults.add(new Fault(pointer + "/" + name, detail));
    }

    /** Fails with everything that is wrong, if anything is. */
    public void check() {
        refuseUnread();
        if (!faults.isEmpty()) {
            throw ProblemException.invalid(faults);
        }
    }

    private void refuseUnread() {
        for (String name : json.fieldNames()) {
            if (!read.contains(name)) {
                fault(escaped(name), "There is no such field here.");
            }
        }
        nested.forEach(Fields::refuseUnread);
    }

    private <T> T parsed(String name, String what, Function<String, T> parser) {
        Object value = take(name);
        if (value == null) {
            return null;
        }
        try {
            if (value instanceof String text) {
                return parser.apply(text);
            }
        } catch (DateTimeException unreadable) {
            // said below
        }
        fault(name, "Must be " + what + ".");
        return null;
    }

    private Object take(String name) {
        read.add(name);
        return json.getValue(name);
    }

    /** Adds the fault of a missing field, unless a fault of its value was added before; reads as null. */
    private String require(String name, String what) {
        if (json.getValue(name) == null) {
            fault(name, "Is required: " + what + ".");
        }
        return null;
    }

    private static String escaped(String name) {
        String shown = name.length() > 60 ? name.substring(0, 60) : name;
        return shown.replace("~", "~0").replace("/", "~1");
    }
}
