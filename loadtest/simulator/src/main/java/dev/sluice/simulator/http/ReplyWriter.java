package dev.sluice.simulator.http;

import dev.sluice.simulator.fault.Effect;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;

/** Puts answers on the wire, with the request id that every envelope carries. */
final class ReplyWriter {
    private static final CharSequence JSON = HttpHeaders.createOptimized("application/json;charset=UTF-8");
    private static final CharSequence HTML = HttpHeaders.createOptimized("text/html;charset=UTF-8");

    private final Vertx vertx;
    private long requests;

    ReplyWriter(Vertx vertx) {
        this.vertx = vertx;
    }

    void write(HttpServerResponse response, Api.Family family, Reply reply, Effect.SlowBody slow) {
        Buffer body = body(family, reply);
        boolean page = reply.text() != null && reply.text().startsWith("<");
        response.setStatusCode(reply.status()).putHeader(HttpHeaders.CONTENT_TYPE, page ? HTML : JSON);
        if (slow == null) {
            response.end(body);
        } else {
            response.putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(body.length()));
            drip(response, body, 0, slow);
        }
    }

    void write(HttpServerResponse response, Effect.Answer answer) {
        response.setStatusCode(answer.status())
                .putHeader(HttpHeaders.CONTENT_TYPE, answer.contentType())
                .end(Buffer.buffer(answer.body()));
    }

    private Buffer body(Api.Family family, Reply reply) {
        if (reply.text() != null) {
            return Buffer.buffer(reply.text());
        }
        String id = "sim" + Long.toString(++requests, 36);
        if (family != Api.Family.V1) {
            reply.json().put("request_id", id);
        } else if (!reply.isSuccess()) {
            reply.json().put("requestid", id);
        }
        return reply.json().toBuffer();
    }

    private void drip(HttpServerResponse response, Buffer body, int from, Effect.SlowBody slow) {
        if (response.closed()) {
            return;
        }
        int to = Math.min(body.length(), from + slow.chunkBytes());
        if (to == body.length()) {
            response.end(body.slice(from, to));
        } else {
            response.write(body.slice(from, to));
            vertx.setTimer(slow.pauseMillis(), timer -> drip(response, body, to, slow));
        }
    }
}
