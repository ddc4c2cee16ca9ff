package dev.sluice.simulator.settings;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Turns maps from YAML or JSON into records and back, collecting every fault on the way instead of the first. */
final class RecordBinder {
    private final List<String> faults = new ArrayList<>();

    List<String> faults() {
        return faults;
    }

    <R> R bind(Class<R> type, Map<?, ?> source) {
        return type.cast(record(type, source, ""));
    }

    private Object record(Class<?> type, Map<?, ?> source, String path) {
        RecordComponent[] components = type.getRecordComponents();
        reportUnknown(components, source, path);
        Object[] values = new Object[components.length];
        Class<?>[] types = new Class<?>[components.length];
        for (int i = 0; i < components.length; i++) {
            String name = components[i].getName();
            types[i] = components[i].getType();
            values[i] = value(components[i].getGenericType(), source.get(name), join(path, name));
        }
        return faults.isEmpty() ? construct(type, types, values) : null;
    }

    private static Object construct(Class<?> type, Class<?>[] types, Object[] values) {
        try {
            return type.getDeclaredConstructor(types).newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type + " cannot be constructed", e);
        }
    }

    private void reportUnknown(RecordComponent[] components, Map<?, ?> source, String path) {
        List<String> known =
                Arrays.stream(components).map(RecordComponent::getName).toList();
        for (Object key : source.keySet()) {
            if (!known.contains(String.valueOf(key))) {
                faults.add(join(path, String.valueOf(key)) + ": unknown key; known here: " + String.join(", ", known));
            }
        }
    }

    private Object value(Type type, Object source, String path) {
        if (type instanceof ParameterizedType generic) {
            return collection(generic, source, path);
        }
        Class<?> target = (Class<?>) type;
        if (target.isRecord()) {
            return source instanceof Map<?, ?> map ? record(target, map, path) : fault(path, "a mapping", source);
        }
        if (target.isEnum()) {
            return constant(target, source, path);
        }
        if (target == boolean.class) {
            return source instanceof Boolean ? source : fault(path, "true or false", source);
        }
        if (target == String.class) {
            return source instanceof String ? source : fault(path, "a text", source);
        }
        return number(target, source, path);
    }

    private Object number(Class<?> target, Object source, String path) {
        boolean whole = source instanceof Integer || source instanceof Long;
        if (!whole || ((Number) source).longValue() < 0) {
            return fault(path, "a whole number, 0 or more", source);
        }
        long number = ((Number) source).longValue();
        if (target == long.class) {
            return number;
        }
        return number <= Integer.MAX_VALUE ? (Object) (int) number : fault(path, "at most 2147483647", source);
    }

    private Object constant(Class<?> target, Object source, String path) {
        String wanted = String.valueOf(source).toUpperCase(Locale.ROOT);
        for (Object constant : target.getEnumConstants()) {
            if (((Enum<?>) constant).name().equals(wanted)) {
                return constant;
            }
        }
        return fault(path, "one of " + Arrays.toString(target.getEnumConstants()), source);
    }

    private Object collection(ParameterizedType type, Object source, String path) {
        Type[] arguments = type.getActualTypeArguments();
        if (type.getRawType() == List.class) {
            if (!(source instanceof List<?> list)) {
                return fault(path, "a list", source);
            }
            List<Object> values = new ArrayList<>();
            for (int i = 0; i < list.size(); i++) {
                values.add(value(arguments[0], list.get(i), path + "[" + i + "]"));
            }
            return faults.isEmpty() ? List.copyOf(values) : values;
        }
        if (!(source instanceof Map<?, ?> map)) {
            return fault(path, "a mapping", source);
        }
        Map<String, Object> values = new LinkedHashMap<>();
        map.forEach((key, item) ->
                values.put(String.valueOf(key), value(boxed(arguments[1]), item, join(path, String.valueOf(key)))));
        return values;
    }

    private static Type boxed(Type type) {
        return type == Integer.class ? int.class : type;
    }

    private Object fault(String path, String wanted, Object found) {
        faults.add(path + ": must be " + wanted + ", not " + found);
        return null;
    }

    private static String join(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    /** The map that {@link #bind} would turn into an equal record. */
    static Map<String, Object> unbind(Record source) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (RecordComponent component : source.getClass().getRecordComponents()) {
            try {
                map.put(component.getName(), plain(component.getAccessor().invoke(source)));
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(component + " cannot be read", e);
            }
        }
        return map;
    }

    private static Object plain(Object value) {
        if (value instanceof Record nested) {
            return unbind(nested);
        }
        if (value instanceof Map<?, ?> nested) {
            Map<String, Object> map = new LinkedHashMap<>();
            nested.forEach((key, item) -> map.put(String.valueOf(key), plain(item)));
            return map;
        }
        return value instanceof Enum<?> constant ? constant.name() : value;
    }
}
