package dev.sluice.simulator.settings;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * The limits in force. They may be changed while the simulator runs; a change takes effect with the next call. Safe for
 * any thread.
 */
public final class LimitSettings {
    private volatile Limits current;

    public LimitSettings(Limits limits) {
        this.current = limits;
    }

    /** The documented defaults. */
    public static LimitSettings defaults() {
        try (InputStream resource = LimitSettings.class.getResourceAsStream("/dev/sluice/simulator/limits.yaml")) {
            String text = new String(resource.readAllBytes(), StandardCharsets.UTF_8);
            return new LimitSettings(bind(parse(text)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The defaults with a file's keys laid over them.
     *
     * @throws LimitsException naming every fault of the file
     */
    public static LimitSettings fromFile(Path file) {
        LimitSettings settings = defaults();
        try {
            settings.patch(parse(Files.readString(file)));
        } catch (IOException e) {
            throw new LimitsException(List.of(file + " cannot be read"));
        }
        return settings;
    }

    public Limits current() {
        return current;
    }

    public void replace(Limits limits) {
        current = limits;
    }

    /**
     * Lays some keys over the present limits, all or none.
     *
     * @param changes nested as in the file
     * @throws LimitsException naming every fault
     */
    public synchronized void patch(Map<String, ?> changes) {
        current = bind(overlaid(toMap(), changes));
    }

    /** Changes one key, such as {@code set("notice.recipientsPerMinute", 1000)}. */
    public void set(String dottedKey, Object value) {
        Object nested = value;
        List<String> names = new ArrayList<>(List.of(dottedKey.split("\\.", -1)));
        for (String name : names.reversed()) {
            nested = Map.of(name, nested);
        }
        patch(stringKeys((Map<?, ?>) nested));
    }

    /** The limits in force, nested as in the file. */
    public Map<String, Object> toMap() {
        return RecordBinder.unbind(current);
    }

    private static Limits bind(Map<String, Object> source) {
        RecordBinder binder = new RecordBinder();
        Limits limits = binder.bind(Limits.class, source);
        if (!binder.faults().isEmpty()) {
            throw new LimitsException(binder.faults());
        }
        return limits;
    }

    private static Map<String, Object> parse(String yaml) {
        LoaderOptions options = new LoaderOptions();
        // A section that names itself has no end.
        options.setMaxAliasesForCollections(0);
        try {
            Object parsed = new Yaml(new SafeConstructor(options)).load(yaml);
            if (parsed == null) {
                return Map.of();
            }
            if (parsed instanceof Map<?, ?> map) {
                return stringKeys(map);
            }
        } catch (YAMLException e) {
            throw new LimitsException(List.of("the limits are not YAML: " + e.getMessage()));
        }
        throw new LimitsException(List.of("the limits must be a mapping"));
    }

    private static Map<String, Object> overlaid(Map<String, Object> base, Map<String, ?> changes) {
        Map<String, Object> result = new LinkedHashMap<>(base);
        changes.forEach((key, change) -> {
            boolean nested = change instanceof Map && base.get(key) instanceof Map;
            result.put(
                    key,
                    nested ? overlaid(stringKeys((Map<?, ?>) base.get(key)), stringKeys((Map<?, ?>) change)) : change);
        });
        return result;
    }

    private static Map<String, Object> stringKeys(Map<?, ?> map) {
        Map<String, Object> result = new LinkedHashMap<>();
        map.forEach((key, value) -> result.put(String.valueOf(key), value));
        return result;
    }
}
