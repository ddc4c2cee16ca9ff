package dev.sluice.loadtest.scenario;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** One mapping of a scenario file, read key by key. Faults are collected instead of stopping at the first. Not thread-safe. */
final class Section {
    private final String path;
    private final Map<?, ?> values;
    private final List<String> faults;
    private final Set<String> read = new TreeSet<>();

    private Section(String path, Map<?, ?> values, List<String> faults) {
        this.path = path;
        this.values = values;
        this.faults = faults;
        values.forEach((key, value) -> {
            if (value == null) {
                fault(String.valueOf(key), "has no value: give it one, or leave it out");
            }
        });
    }

    /** The whole file. */
    static Section root(Map<?, ?> values, List<String> faults) {
        return new Section("", values, faults);
    }

    /** Whether the file has the key. */
    boolean has(String key) {
        return raw(key) != null;
    }

    String text(String key) {
        Object value = raw(key);
        if (value instanceof String text && !text.isBlank()) {
            return text;
        }
        fault(key, "must be a text");
        return "";
    }

    /** A text of a form. */
    String text(String key, String form, String whatToDo) {
        if (!has(key)) {
            return text(key);
        }
        String text = String.valueOf(raw(key));
        if (!text.matches(form)) {
            fault(key, whatToDo);
        }
        return text;
    }

    int count(String key, int fallback, int least, int most) {
        return (int) whole(key, fallback, least, most);
    }

    /** A whole number within bounds, both included. */
    long whole(String key, long fallback, long least, long most) {
        Object value = raw(key);
        if (value == null) {
            return fallback;
        }
        if ((value instanceof Integer || value instanceof Long)
                && ((Number) value).longValue() >= least
                && ((Number) value).longValue() <= most) {
            return ((Number) value).longValue();
        }
        fault(key, "must be a whole number from %d to %d, not %s".formatted(least, most, value));
        return fallback;
    }

    /** A number within bounds, both included. */
    double number(String key, double fallback, double least, double most) {
        Object value = raw(key);
        if (value == null) {
            return fallback;
        }
        if (value instanceof Number number && number.doubleValue() >= least && number.doubleValue() <= most) {
            return number.doubleValue();
        }
        fault(key, "must be a number from %s to %s, not %s".formatted(plain(least), plain(most), value));
        return fallback;
    }

    private static String plain(double number) {
        return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
    }

    /** One of an enum's constants, written in lower case with hyphens. */
    <E extends Enum<E>> Optional<E> choice(String key, Class<E> type) {
        Object value = raw(key);
        List<String> words = new ArrayList<>();
        for (E constant : type.getEnumConstants()) {
            String word = constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
            if (word.equals(value)) {
                return Optional.of(constant);
            }
            words.add(word);
        }
        fault(key, "must be one of " + String.join(", ", words));
        return Optional.empty();
    }

    /** The same where it may be missing. */
    <E extends Enum<E>> E choice(String key, E fallback) {
        return has(key) ? choice(key, fallback.getDeclaringClass()).orElse(fallback) : fallback;
    }

    /** A section in it; an empty one when it is missing. */
    Section section(String key) {
        Object value = raw(key);
        if (value != null && !(value instanceof Map)) {
            fault(key, "must be a mapping");
        }
        return new Section(child(key), value instanceof Map<?, ?> map ? map : Map.of(), faults);
    }

    /** A list of sections. */
    List<Section> sections(String key) {
        Object value = raw(key);
        List<Section> sections = new ArrayList<>();
        if (value instanceof List<?> items) {
            for (int i = 0; i < items.size(); i++) {
                String item = child(key) + "[" + i + "]";
                if (items.get(i) instanceof Map<?, ?> map) {
                    sections.add(new Section(item, map, faults));
                } else {
                    faults.add(item + ": must be a mapping");
                }
            }
        } else if (value != null) {
            fault(key, "must be a list");
        }
        return sections;
    }

    /** A mapping as it stands. */
    Map<String, Object> free(String key) {
        Section section = section(key);
        Map<String, Object> copy = new LinkedHashMap<>();
        section.values.forEach((name, value) -> {
            if (value != null) {
                copy.put(String.valueOf(name), value);
            }
        });
        return copy;
    }

    /** Notes what is wrong with a key. */
    void fault(String key, String whatToDo) {
        faults.add(child(key) + ": " + whatToDo);
    }

    /** Notes keys that nobody asked for; call it last. */
    void finish() {
        for (Object key : values.keySet()) {
            if (!read.contains(String.valueOf(key))) {
                fault(String.valueOf(key), "is no known key here; known are " + String.join(", ", read));
            }
        }
    }

    /** The keys that the file has. */
    List<String> keys() {
        return values.keySet().stream().map(String::valueOf).toList();
    }

    private Object raw(String key) {
        read.add(key);
        return values.get(key);
    }

    private String child(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }
}
