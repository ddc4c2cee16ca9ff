package dev.sluice.engine.http;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.Collections;
import java.util.Set;
import java.util.WeakHashMap;

/**
 * Refuses requests whose end, or whose host, two parties could see in different places: with a proxy in front, what follows one would be taken for the next
 * request (RFC 9112, 3.2 and 6.3). For one event loop. Remembers the connections on which no further request is served, as long as they live.
 */
public final class Framing implements Handler<HttpServerRequest> {
    private static final String CHUNKED = "chunked";

    private final Handler<HttpServerRequest> next;
    private final Set<HttpConnection> ending = Collections.newSetFromMap(new WeakHashMap<>());

    /** In front of a server's handler. */
    public Framing(Handler<HttpServerRequest> next) {
        this.next = next;
    }

    @Override
    public void handle(HttpServerRequest request) {
        HttpConnection connection = request.connection();
        if (ending.contains(connection)) {
            connection.close();
            return;
        }
        String objection = objection(request);
        // The parser drops a Content-Length beside a Transfer-Encoding, so whether there was one is not known: what
        // comes behind a chunked body is never taken for a request.
        if (!objection.isEmpty() || request.headers().contains(HttpHeaders.TRANSFER_ENCODING)) {
            ending.add(connection);
            request.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        }
        if (objection.isEmpty()) {
            next.handle(request);
        } else {
            ProblemReply.send(request.response(), new ProblemException(ProblemType.MALFORMED_REQUEST, objection));
            connection.close();
        }
    }

    private static String objection(HttpServerRequest request) {
        if (request.headers().getAll(HttpHeaders.HOST).size() > 1) {
            return "There is more than one Host header.";
        }
        String coding = String.join(",", request.headers().getAll(HttpHeaders.TRANSFER_ENCODING));
        boolean isClear =
                coding.isEmpty() || (coding.equalsIgnoreCase(CHUNKED) && request.version() != HttpVersion.HTTP_1_0);
        return isClear ? "" : "The Transfer-Encoding must be chunked, once, in HTTP/1.1.";
    }
}
