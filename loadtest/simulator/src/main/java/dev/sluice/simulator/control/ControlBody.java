package dev.sluice.simulator.control;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** A JSON object of a control request; every complaint points to its field. */
record ControlBody(JsonObject json, String pointer) {
    static ControlBody of(RoutingContext context) {
        try {
            JsonObject json = context.body().asJsonObject();
            return new ControlBody(json == null ? new JsonObject() : json, "");
        } catch (DecodeException | ClassCastException malformed) {
            throw new ControlProblem(400, "", "the body must be a JSON object");
        }
    }

    /** Refuses every key but these, so that a misspelt one is not ignored. */
    ControlBody allowing(String... names) {
        Set<String> allowed = Set.copyOf(Arrays.asList(names));
        for (String name : json.fieldNames()) {
            if (!allowed.contains(name)) {
                throw problem(name, "unknown field; known here: " + String.join(", ", names));
            }
        }
        return this;
    }

    boolean has(String name) {
        return json.containsKey(name);
    }

    String text(String name) {
        String text = text(name, null);
        if (text == null) {
            throw problem(name, "must be a text");
        }
        return text;
    }

    String text(String name, String otherwise) {
        return switch (json.getValue(name)) {
            case null -> otherwise;
            case String text -> text;
            default -> throw problem(name, "must be a text");
        };
    }

    long number(String name) {
        if (!has(name)) {
            throw problem(name, "must be a whole number");
        }
        return number(name, 0);
    }

    long number(String name, long otherwise) {
        return switch (json.getValue(name)) {
            case null -> otherwise;
            case Integer number -> number;
            case Long number -> number;
            default -> throw problem(name, "must be a whole number");
        };
    }

    double decimal(String name, double otherwise) {
        return switch (json.getValue(name)) {
            case null -> otherwise;
            case Number number -> number.doubleValue();
            default -> throw problem(name, "must be a number");
        };
    }

    <E extends Enum<E>> E constant(String name, Class<E> type, E otherwise) {
        String text = text(name, otherwise.name()).toUpperCase(Locale.ROOT);
        for (E constant : type.getEnumConstants()) {
            if (constant.name().equals(text)) {
                return constant;
            }
        }
        throw problem(name, "must be one of " + Arrays.toString(type.getEnumConstants()));
    }

    List<String> texts(String name) {
        JsonArray array = switch (json.getValue(name)) {
            case null -> new JsonArray();
            case JsonArray list -> list;
            default -> throw problem(name, "must be a list of texts");
        };
        if (!array.stream().allMatch(String.class::isInstance)) {
            throw problem(name, "must be a list of texts");
        }
        return array.stream().map(String.class::cast).toList();
    }

    ControlBody object(String name) {
        if (json.getValue(name) instanceof JsonObject object) {
            return new ControlBody(object, pointer + "/" + name);
        }
        throw problem(name, "must be an object");
    }

    List<ControlBody> objects(String name) {
        if (!(json.getValue(name) instanceof JsonArray array)) {
            throw problem(name, "must be a list of objects");
        }
        List<ControlBody> objects = new ArrayList<>();
        for (int i = 0; i < array.size(); i++) {
            if (!(array.getValue(i) instanceof JsonObject object)) {
                throw problem(name + "/" + i, "must be an object");
            }
            objects.add(new ControlBody(object, pointer + "/" + name + "/" + i));
        }
        return objects;
    }

    ControlProblem problem(String name, String detail) {
        return new ControlProblem(400, pointer + "/" + name, name + " " + detail);
    }
}
