package dev.sluice.engine.model;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** Names a content or a request body: the first half of the SHA-256 of its UTF-8 bytes, in the shape that Postgres stores in 16 bytes. */
public final class ContentHash {
    private ContentHash() {}

    /** The hash of a text. */
    public static UUID of(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The hash of bytes. */
    public static UUID of(byte[] bytes) {
        ByteBuffer digest = ByteBuffer.wrap(Sha256.of(bytes));
        return new UUID(digest.getLong(), digest.getLong());
    }
}
