package dev.sluice.simulator.http;

import io.vertx.core.json.JsonObject;

/**
 * An answer before it is written.
 *
 * @param status HTTP status; 0 means that no answer is ever given
 * @param json body; the request id is added when it is written
 * @param text body that is not JSON of the platform's envelope; null if {@code json} is the body
 * @param outcome the code for the ledger, {@code "0"} for success
 */
public record Reply(int status, JsonObject json, String text, String outcome, boolean throttled) {
    private static final Reply SILENCE = new Reply(0, null, null, "silence", false);

    /** The older family's success: errcode 0 and the given fields. */
    public static Reply oapi(JsonObject fields) {
        return new Reply(200, fields.put("errcode", 0).put("errmsg", "ok"), null, "0", false);
    }

    /** The older family's business error, always with HTTP 200. */
    public static Reply oapiError(int code, String message) {
        JsonObject body = new JsonObject().put("errcode", code).put("errmsg", message);
        return new Reply(200, body, null, Integer.toString(code), false);
    }

    /** The new family's success. */
    public static Reply v1(JsonObject body) {
        return new Reply(200, body, null, "0", false);
    }

    /** The new family's error. */
    public static Reply v1Error(int status, String code, String message) {
        JsonObject body = new JsonObject().put("code", code).put("message", message);
        return new Reply(status, body, null, code, false);
    }

    /** A body outside the envelopes, such as the page that a banned address sees. */
    public static Reply foreign(int status, String text, String outcome) {
        return new Reply(status, null, text, outcome, false);
    }

    /** No answer at all: the caller runs into its own timeout. */
    public static Reply silence() {
        return SILENCE;
    }

    /** The same answer, marked as "too fast". */
    public Reply asThrottled() {
        return new Reply(status, json, text, outcome, true);
    }

    public boolean isSuccess() {
        return outcome.equals("0");
    }
}
