package dev.sluice.engine.http;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;

/**
 * The word that a client waits for which asks before it sends a body ({@code Expect: 100-continue}, RFC 9110, 10.1.1), as curl does with a people file. Whoever is
 * refused before need not send the body at all.
 */
public final class Invitation {
    private Invitation() {}

    /** To be called once the body is awaited. */
    public static void send(HttpServerRequest request) {
        boolean isAwaited = "100-continue".equalsIgnoreCase(request.getHeader(HttpHeaders.EXPECT));
        if (isAwaited && request.version() != HttpVersion.HTTP_1_0) {
            request.response().writeContinue();
        }
    }
}
