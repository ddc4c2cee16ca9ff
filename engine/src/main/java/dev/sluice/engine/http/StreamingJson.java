package dev.sluice.engine.http;

import io.vertx.core.json.jackson.JacksonCodec;
import io.vertx.core.spi.JsonFactory;
import io.vertx.core.spi.json.JsonCodec;

/**
 * The JSON of everybody in the process: Vert.x's own, straight from the parser. Vert.x takes the slower one that maps objects wherever that is on the class path,
 * and the library of the migrations brings it there. Found by Vert.x as a service.
 */
public final class StreamingJson implements JsonFactory {
    @Override
    public JsonCodec codec() {
        return new JacksonCodec();
    }
}
