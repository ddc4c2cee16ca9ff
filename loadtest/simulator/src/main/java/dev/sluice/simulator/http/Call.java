package dev.sluice.simulator.http;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/**
 * A request as it arrived.
 *
 * @param query raw query text, may be null
 * @param address source address
 * @param arrivalNanos monotonic, on the platform's clock
 * @param wallMillis wall time, on the platform's clock
 */
public record Call(
        Api api,
        String method,
        String path,
        String query,
        MultiMap headers,
        Buffer body,
        String address,
        long arrivalNanos,
        long wallMillis) {

    /** A decoded query parameter, or null. */
    public String queryParam(String name) {
        return formParam(query, name);
    }

    /** A decoded value of {@code a=b&c=d} text, or null. */
    static String formParam(String text, String name) {
        int at = text == null ? -1 : 0;
        while (at >= 0 && at < text.length()) {
            int end = text.indexOf('&', at);
            int stop = end < 0 ? text.length() : end;
            int valueAt = at + name.length();
            if (text.startsWith(name, at) && valueAt < stop && text.charAt(valueAt) == '=') {
                return decode(text.substring(valueAt + 1, stop));
            }
            at = end < 0 ? -1 : end + 1;
        }
        return null;
    }

    private static String decode(String raw) {
        if (raw.indexOf('%') < 0 && raw.indexOf('+') < 0) {
            return raw;
        }
        try {
            return URLDecoder.decode(raw, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            return raw;
        }
    }

    public String header(String name) {
        return headers.get(name);
    }

    /** Whether the body says that it is a form. */
    public boolean isForm() {
        String type = header("Content-Type");
        return type != null && type.regionMatches(true, 0, "application/x-www-form-urlencoded", 0, 33);
    }

    /** Whether the body says that it is JSON. */
    public boolean isJson() {
        String type = header("Content-Type");
        return type != null && type.regionMatches(true, 0, "application/json", 0, 16);
    }

    /** The token that the caller showed, in the place where this family of APIs looks for it; null if none. */
    public String accessToken() {
        if (api.family() == Api.Family.V1) {
            return header("x-acs-dingtalk-access-token");
        }
        String token = queryParam("access_token");
        return token == null && isForm() ? formParam(body.toString(), "access_token") : token;
    }
}
