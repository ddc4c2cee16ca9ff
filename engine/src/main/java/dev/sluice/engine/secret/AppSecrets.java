package dev.sluice.engine.secret;

import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The secrets of an app as its row keeps them: a JSON object by name, sealed for {@code app.secrets_cipher} of that row. */
public final class AppSecrets {
    private final SecretBox box;

    /** Seals into and opens from this box. */
    public AppSecrets(SecretBox box) {
        this.box = box;
    }

    /** What goes into {@code app.secrets_cipher}. */
    public byte[] seal(long tenantId, long appId, Map<String, String> secrets) {
        return box.seal(place(tenantId, appId), new JsonObject(new HashMap<>(secrets)).encode());
    }

    /** What came out of {@code app.secrets_cipher}; fails with {@link SecretUnreadable}. */
    public Map<String, String> open(long tenantId, long appId, byte[] sealed) {
        Map<String, String> secrets = new HashMap<>();
        new JsonObject(box.open(place(tenantId, appId), sealed))
                .forEach(entry -> secrets.put(entry.getKey(), String.valueOf(entry.getValue())));
        return secrets;
    }

    /** What came out of {@code app.secrets_cipher}, sealed anew with the newest key; empty where it is sealed with that. Fails with {@link SecretUnreadable}. */
    public Optional<byte[]> reseal(long tenantId, long appId, byte[] sealed) {
        SecretPlace place = place(tenantId, appId);
        return SecretBox.keyOf(sealed) == box.newestKey()
                ? Optional.empty()
                : Optional.of(box.seal(place, box.open(place, sealed)));
    }

    private static SecretPlace place(long tenantId, long appId) {
        return new SecretPlace("app", "secrets_cipher", tenantId, appId);
    }
}
