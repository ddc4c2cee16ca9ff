package dev.sluice.loadtest.bench;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServer;

/** The least that an HTTP API on Vert.x does: parse a JSON object and write it back. */
final class Echo extends VerticleBase {
    private final int port;
    private HttpServer server;

    Echo(int port) {
        this.port = port;
    }

    @Override
    public Future<?> start() {
        server = vertx.createHttpServer()
                .requestHandler(request -> request.body()
                        .onSuccess(body -> request.response()
                                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                                .end(body.toJsonObject().toBuffer())));
        return server.listen(port, "127.0.0.1");
    }

    @Override
    public Future<?> stop() {
        return server.close();
    }
}
