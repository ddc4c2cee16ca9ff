package dev.sluice.engine.channel;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.Optional;

/**
 * An HTTP answer that arrived whole, within the deadline and under the size cap.
 *
 * @param status HTTP status
 * @param body body, perhaps empty, as it came: for shapes and counts, never for texts
 * @param redaction what its texts pass before they are read
 */
public record PlatformReply(int status, Buffer body, Redaction redaction) {
    /** The body as a JSON object, if it is one, its texts made fit to be kept and shown. */
    public Optional<JsonObject> object() {
        // Only an object can be an envelope: pages and plain texts are told apart before anything is parsed.
        int first = 0;
        while (first < body.length() && Character.isWhitespace(body.getByte(first))) {
            first++;
        }
        if (first == body.length() || body.getByte(first) != '{') {
            return Optional.empty();
        }
        try {
            return Optional.of(redaction.of(body.toJsonObject()));
        } catch (DecodeException | ClassCastException notJson) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return "HTTP " + status + " with " + body.length() + " bytes";
    }
}
