package dev.sluice.engine.ingestion;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.Yaml;

/** Finds fields of answers that the send API's contract does not name. */
final class ContractFields {
    private static final String REF = "#/components/schemas/";
    private final Map<String, Object> document;

    private ContractFields(Map<String, Object> document) {
        this.document = document;
    }

    static ContractFields read() throws IOException {
        try (InputStream contract = ContractFields.class.getResourceAsStream("/send-openapi.yaml")) {
            return new ContractFields(new Yaml().load(contract));
        }
    }

    /** The words that a field of a schema may hold, the field as a path of keys below the schema. */
    List<String> words(String schema, String... field) {
        List<String> path = new ArrayList<>(List.of("components", "schemas", schema, "properties"));
        path.addAll(List.of(field));
        return ((List<?>) at(document, path.toArray(String[]::new)).get("enum"))
                .stream().map(String::valueOf).toList();
    }

    /** The fields of an answer that stand in no schema of its operation, as pointers; the answer itself where it has no schema at all. */
    List<String> unnamed(String method, String path, int status, JsonObject answer) {
        Map<String, Object> content = at(
                document, "paths", path, method, "responses", Integer.toString(status), "content", "application/json");
        List<String> found = new ArrayList<>();
        check(content == null ? Map.of() : at(content, "schema"), answer, "", found);
        return found;
    }

    private void check(Map<String, Object> schema, Object value, String pointer, List<String> found) {
        Map<String, Object> resolved = resolved(schema);
        if (value instanceof JsonObject object) {
            Map<String, Object> properties = properties(resolved);
            for (String name : object.fieldNames()) {
                if (!properties.containsKey(name)) {
                    found.add(pointer + "/" + name);
                } else {
                    check(at(properties, name), object.getValue(name), pointer + "/" + name, found);
                }
            }
        } else if (value instanceof JsonArray array) {
            for (int i = 0; i < array.size() && resolved.containsKey("items"); i++) {
                check(at(resolved, "items"), array.getValue(i), pointer + "/" + i, found);
            }
        }
    }

    private Map<String, Object> resolved(Map<String, Object> schema) {
        return schema.get("$ref") instanceof String ref
                ? at(document, "components", "schemas", ref.substring(REF.length()))
                : schema;
    }

    private Map<String, Object> properties(Map<String, Object> schema) {
        Map<String, Object> properties = new HashMap<>();
        if (schema.get("allOf") instanceof List<?> parts) {
            for (Object part : parts) {
                properties.putAll(properties(resolved(map(part))));
            }
        }
        if (schema.get("properties") instanceof Map<?, ?> own) {
            properties.putAll(map(own));
        }
        return properties;
    }

    /** What stands at a path of keys; null where one is missing. */
    private static Map<String, Object> at(Map<String, Object> from, String... keys) {
        Map<String, Object> found = from;
        for (String key : keys) {
            found = found == null ? null : map(found.get(key));
        }
        return found;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Object value) {
        return (Map<String, Object>) value;
    }
}
