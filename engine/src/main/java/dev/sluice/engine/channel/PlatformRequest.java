package dev.sluice.engine.channel;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.util.Map;

/**
 * One HTTP request, ready to be written. Its text form shows neither query nor headers, which may carry tokens.
 *
 * @param family which base URL
 * @param method GET or POST
 * @param path path without query
 * @param query query parameters, unencoded
 * @param headers additional headers
 * @param body JSON body, null for none
 * @param redaction what the answer's texts pass before they are read
 */
public record PlatformRequest(
        ApiFamily family,
        HttpMethod method,
        String path,
        Map<String, String> query,
        Map<String, String> headers,
        Buffer body,
        Redaction redaction) {

    /** A request whose secrets nobody has named yet. */
    public PlatformRequest(
            ApiFamily family,
            HttpMethod method,
            String path,
            Map<String, String> query,
            Map<String, String> headers,
            Buffer body) {
        this(family, method, path, query, headers, body, Redaction.OF_NOTHING);
    }

    /** The same request; its answer passes this. */
    public PlatformRequest hiding(Redaction secrets) {
        return new PlatformRequest(family, method, path, query, headers, body, secrets);
    }

    /** DingTalk's two hosts. Their addresses are the operator's configuration. */
    public enum ApiFamily {
        /** Legacy: {@code oapi.dingtalk.com}. */
        DINGTALK_OAPI,
        /** New: {@code api.dingtalk.com}. */
        DINGTALK_API
    }

    @Override
    public String toString() {
        return method + " " + family + path;
    }
}
