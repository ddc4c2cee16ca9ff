package dev.sluice.engine.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Reads typed values out of a YAML mapping laid under environment variables, and collects faults instead of stopping at the first. A key's variable is its path
 * in capitals: {@code sending.callDeadlineMillis} is {@code SLUICE_SENDING_CALL_DEADLINE_MILLIS}. Not thread-safe.
 */
final class ConfigReader {
    private static final String VARIABLE_PREFIX = "SLUICE_";
    /** Of the launcher, and of {@code ./sluice load}. */
    private static final Set<String> NO_CONFIGURATION = Set.of("SLUICE_JAVA_OPTS", "SLUICE_LOAD_KEY");
    /**
     * What Kubernetes tells every container about a service that is named sluice, or sluice and more, as {@code name=value}. Of one that is named sluice-http it has
     * the name of a key of ours: its value tells them apart.
     */
    private static final Pattern SERVICE_LINK =
            Pattern.compile("SLUICE_(\\w+_)?(SERVICE_(HOST|PORT|PORT_\\w+)=.*|PORT_\\d+_\\w+=.*|PORT=\\w+://.*)");

    private final Map<String, Object> values = new TreeMap<>();
    /** Keys without a value, and sections without a key. */
    private final Set<String> empty = new TreeSet<>();

    private final Map<String, String> environment;
    private final TreeSet<String> read = new TreeSet<>();
    private final List<String> faults = new ArrayList<>();

    ConfigReader(Map<?, ?> yaml, Map<String, String> environment) {
        this.environment = environment;
        flatten("", yaml);
    }

    private void flatten(String path, Map<?, ?> mapping) {
        mapping.forEach((key, value) -> {
            String child = path.isEmpty() ? String.valueOf(key) : path + "." + key;
            if (value instanceof Map<?, ?> section) {
                flatten(child, section);
            } else if (value == null) {
                empty.add(child);
            } else {
                values.put(child, value);
            }
        });
    }

    /** A text, or the default. */
    String text(String path, String fallback) {
        return raw(path).map(String::valueOf).orElse(fallback);
    }

    /** A text that may be missing, but not empty: where a secret was to be put in and was not, nothing else must take its place. */
    Optional<String> optionalText(String path) {
        Optional<String> text = raw(path).map(String::valueOf);
        if (text.isEmpty() ? empty.contains(path) : text.get().isBlank()) {
            fault(path, "is empty: give it a value, or remove it");
        }
        return text.filter(given -> !given.isBlank());
    }

    /** A whole number within bounds, both included. */
    long number(String path, long fallback, long least, long most) {
        Optional<Object> raw = raw(path);
        if (raw.isEmpty()) {
            return fallback;
        }
        try {
            long value = Long.parseLong(raw.get().toString().replace("_", "").strip());
            if (value >= least && value <= most) {
                return value;
            }
        } catch (NumberFormatException notANumber) {
            // said below, as for a number out of bounds
        }
        fault(path, "must be a whole number from %d to %d".formatted(least, most));
        return fallback;
    }

    /** A whole number that fits an int. */
    int count(String path, int fallback, int least, int most) {
        return (int) number(path, fallback, least, most);
    }

    /** A port; 0 takes a free one. */
    int port(String path, int fallback) {
        return count(path, fallback, 0, 65_535);
    }

    /** true or false. */
    boolean flag(String path, boolean fallback) {
        Optional<String> text = raw(path).map(String::valueOf);
        if (text.isEmpty() || text.get().equals("true") || text.get().equals("false")) {
            return text.map(Boolean::valueOf).orElse(fallback);
        }
        fault(path, "must be true or false");
        return fallback;
    }

    /** One of an enum's constants, written in lower case. */
    <E extends Enum<E>> E choice(String path, E fallback) {
        List<E> allowed = choices(path, List.of(fallback), fallback.getDeclaringClass());
        return allowed.isEmpty() ? fallback : allowed.getFirst();
    }

    /** Several of an enum's constants: a YAML list, or separated by commas in the variable. */
    <E extends Enum<E>> List<E> choices(String path, List<E> fallback, Class<E> type) {
        Optional<Object> raw = raw(path);
        if (raw.isEmpty()) {
            return fallback;
        }
        List<Optional<E>> chosen =
                words(raw.get()).stream().map(word -> constant(type, word)).toList();
        if (chosen.stream().anyMatch(Optional::isEmpty)) {
            fault(path, "must be of " + lowerCase(type));
            return fallback;
        }
        return chosen.stream().flatMap(Optional::stream).toList();
    }

    /** Notes what is wrong with a key. */
    void fault(String path, String whatToDo) {
        faults.add(path + " " + whatToDo);
    }

    /** Notes a broken relation between keys. */
    void require(boolean holds, String fault) {
        if (!holds) {
            faults.add(fault);
        }
    }

    /** Throws when anything was wrong, unknown keys and variables included; call it last. */
    void finish() {
        values.keySet().stream()
                .filter(path -> !read.contains(path))
                .forEach(path -> fault(path, "is no known key: remove it, or correct its spelling"));
        TreeSet<String> known = new TreeSet<>();
        read.forEach(path -> known.add(variable(path)));
        new TreeMap<>(environment)
                .forEach((name, value) -> require(
                        known.contains(name) || isNotOurs(name, value),
                        name + " is no known variable: remove it, or correct its spelling"));
        if (!faults.isEmpty()) {
            throw new ConfigInvalid(faults);
        }
    }

    private static boolean isNotOurs(String name, String value) {
        return !name.startsWith(VARIABLE_PREFIX) || NO_CONFIGURATION.contains(name) || isServiceLink(name, value);
    }

    private static boolean isServiceLink(String name, String value) {
        return SERVICE_LINK.matcher(name + "=" + value).matches();
    }

    private Optional<Object> raw(String path) {
        read.add(path);
        String variable = environment.get(variable(path));
        return variable != null && !isServiceLink(variable(path), variable)
                ? Optional.of(variable)
                : Optional.ofNullable(values.get(path));
    }

    private static String variable(String path) {
        return VARIABLE_PREFIX
                + path.replaceAll("([a-z0-9])([A-Z])", "$1_$2")
                        .replace('.', '_')
                        .toUpperCase(Locale.ROOT);
    }

    private static List<String> words(Object raw) {
        return raw instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of(raw.toString().strip().split("\\s*,\\s*", -1));
    }

    private static <E extends Enum<E>> Optional<E> constant(Class<E> type, String word) {
        return List.of(type.getEnumConstants()).stream()
                .filter(constant -> constant.name().toLowerCase(Locale.ROOT).equals(word))
                .findFirst();
    }

    private static String lowerCase(Class<? extends Enum<?>> type) {
        List<String> names = new ArrayList<>();
        for (Enum<?> constant : type.getEnumConstants()) {
            names.add(constant.name().toLowerCase(Locale.ROOT));
        }
        return String.join(", ", names);
    }
}
