package dev.sluice.engine.sending;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.util.concurrent.atomic.AtomicInteger;

/** A server of bytes, not of HTTP: it counts requests and connections and answers with whatever a test wants. */
final class RawServer {
    final AtomicInteger requests = new AtomicInteger();
    final AtomicInteger connections = new AtomicInteger();
    private final NetServer server;

    RawServer(Vertx vertx, Handler<NetSocket> onRequest) {
        server = vertx.createNetServer()
                .connectHandler(socket -> {
                    connections.incrementAndGet();
                    socket.handler(bytes -> {
                        requests.addAndGet(count(bytes.toString(), "POST /"));
                        onRequest.handle(socket);
                    });
                })
                .listen(0, "127.0.0.1")
                .await();
    }

    private static int count(String text, String word) {
        return text.split(word, -1).length - 1;
    }

    String baseUrl() {
        return "http://127.0.0.1:" + server.actualPort();
    }

    /** A whole answer. */
    static Buffer answer(int status, String body) {
        return Buffer.buffer("HTTP/1.1 " + status + " X\r\nContent-Length: "
                + Buffer.buffer(body).length() + "\r\n\r\n" + body);
    }
}
