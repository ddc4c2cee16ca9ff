package dev.sluice.admin.http;

import io.vertx.core.json.JsonObject;

/**
 * What a change did.
 *
 * @param target what was changed, as the audit names it: {@code channel 12}
 * @param detail what of it, without any secret
 * @param reply the body of the answer
 */
public record Changed(String target, JsonObject detail, JsonObject reply) {
    /** What is now is all that there is to say, to the audit and to the caller. */
    public static Changed to(String target, JsonObject state) {
        return new Changed(target, state, state);
    }
}
