package dev.sluice.simulator.ledger;

import dev.sluice.simulator.limit.LongCounts;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;

/**
 * A 64-bit hash of a content that does not depend on the order of keys, on spacing, or on whether a scalar came as a
 * number or as a text (the vendor's own SDK turns every scalar into a text).
 */
public final class ContentHash {
    private static final long SEED = 0x51C1CE5EEDL;

    private ContentHash() {}

    /** Hash of a work notice's {@code msg}, or of any JSON value. */
    public static long of(Object json) {
        return switch (json) {
            case null -> SEED;
            case JsonObject object -> ofMap(object.getMap());
            case JsonArray array -> ofList(array.getList());
            case Map<?, ?> map -> ofMap(map);
            case List<?> list -> ofList(list);
            default -> ofText(json.toString());
        };
    }

    /** Hash of a robot message, which is a key and a JSON text. */
    public static long ofRobot(String msgKey, String msgParam) {
        return LongCounts.key(ofText(msgKey), ofText(msgParam));
    }

    private static long ofMap(Map<?, ?> map) {
        long sum = SEED;
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            sum += LongCounts.key(ofText(String.valueOf(entry.getKey())), of(entry.getValue()));
        }
        return sum;
    }

    private static long ofList(List<?> list) {
        long hash = SEED;
        for (Object item : list) {
            hash = LongCounts.key(hash, of(item));
        }
        return hash;
    }

    private static long ofText(String text) {
        long hash = SEED + text.length();
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x100000001B3L;
            hash ^= hash >>> 29;
        }
        return LongCounts.key(hash, SEED);
    }
}
