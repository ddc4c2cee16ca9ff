package dev.sluice.admin.app;

import dev.sluice.engine.model.Sha256;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** What recognises a webhook robot that is registered already: the digest of its token, which is random and long, so that nobody comes back from it to the token. */
final class WebhookToken {
    private WebhookToken() {}

    /** The SHA-256 of the access token among these secrets; null where there is none. */
    static Buffer sha256(Map<String, String> secrets) {
        String token = secrets.get(SecretFields.ACCESS_TOKEN);
        return token == null ? null : Buffer.buffer(Sha256.of(token.getBytes(StandardCharsets.UTF_8)));
    }
}
