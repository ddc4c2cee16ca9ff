package dev.sluice.engine.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;

/**
 * Reads JSON from strangers: one object, nothing after it, no key twice, at most {@value #MOST_DEPTH} deep, numbers that fit, and texts that every later
 * place can keep (no NUL, which Postgres refuses, no half of a surrogate pair, which has no UTF-8).
 */
public final class StrictJson {
    private static final int MOST_DEPTH = 32;
    private static final int MOST_NUMBER_CHARS = 40;
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MOST_DEPTH)
                    .maxNumberLength(MOST_NUMBER_CHARS)
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .build();

    private StrictJson() {}

    /** The object that these bytes are; fails with a {@link ProblemException} of 400 that says where they go wrong. */
    public static JsonObject object(Buffer body) {
        return object(body.getBytes());
    }

    /** The object that these bytes are. */
    public static JsonObject object(byte[] body) {
        try (JsonParser parser = FACTORY.createParser(body)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw malformed("The body must be a JSON object.");
            }
            JsonObject object = readObject(parser);
            if (parser.nextToken() != null) {
                throw malformed("Something follows the JSON object.");
            }
            return object;
        } catch (StreamConstraintsException tooMuch) {
            throw malformed(
                    "The JSON is more than " + MOST_DEPTH + " levels deep, or holds an endless number or name.");
        } catch (IOException broken) {
            throw malformed(
                    broken.getMessage() != null && broken.getMessage().startsWith("Duplicate")
                            ? "The JSON has the same key twice in one object."
                            : "The body is not valid JSON.");
        }
    }

    private static JsonObject readObject(JsonParser parser) throws IOException {
        JsonObject object = new JsonObject();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = kept(parser.currentName());
            object.put(name, readValue(parser, parser.nextToken()));
        }
        return object;
    }

    private static JsonArray readArray(JsonParser parser) throws IOException {
        JsonArray array = new JsonArray();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            array.add(readValue(parser, token));
        }
        return array;
    }

    private static Object readValue(JsonParser parser, JsonToken token) throws IOException {
        return switch (token) {
            case START_OBJECT -> readObject(parser);
            case START_ARRAY -> readArray(parser);
            case VALUE_STRING -> kept(parser.getText());
            case VALUE_NUMBER_INT -> integer(parser);
            case VALUE_NUMBER_FLOAT -> finite(parser.getDoubleValue());
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            case NOT_AVAILABLE, FIELD_NAME, END_ARRAY, END_OBJECT, VALUE_EMBEDDED_OBJECT ->
                throw malformed("The body is not valid JSON.");
        };
    }

    private static Object integer(JsonParser parser) throws IOException {
        return switch (parser.getNumberType()) {
            case INT -> parser.getIntValue();
            case LONG -> parser.getLongValue();
            case BIG_INTEGER, FLOAT, DOUBLE, BIG_DECIMAL -> throw malformed("A number is larger than 64 bits hold.");
        };
    }

    private static Double finite(double value) {
        if (!Double.isFinite(value)) {
            throw malformed("A number is larger than 64 bits hold.");
        }
        return value;
    }

    private static String kept(String text) {
        if (!TextRules.storable(text)) {
            throw malformed("A text holds a NUL character or half of a surrogate pair.");
        }
        return text;
    }

    private static ProblemException malformed(String detail) {
        return new ProblemException(ProblemType.MALFORMED_REQUEST, detail);
    }
}
