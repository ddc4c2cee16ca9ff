package dev.sluice.engine.auth;

import io.vertx.core.buffer.Buffer;
import java.time.Instant;

/**
 * A key as the database has it.
 *
 * @param principal who it speaks for
 * @param secretSha256 32 bytes
 * @param expiresAt when it ends by itself, null for never
 * @param revokedAt when somebody ended it, null if nobody did
 */
record StoredKey(Principal principal, Buffer secretSha256, Instant expiresAt, Instant revokedAt) {
    boolean validAt(Instant now) {
        return revokedAt == null && (expiresAt == null || now.isBefore(expiresAt));
    }
}
