package dev.sluice.admin;

import dev.sluice.admin.http.Request;
import dev.sluice.admin.http.Route;
import dev.sluice.engine.auth.ApiKeyStore;
import dev.sluice.engine.auth.ApiKeys;
import dev.sluice.engine.auth.KeyScope;
import dev.sluice.engine.auth.Principal;
import dev.sluice.engine.http.BodyReader;
import dev.sluice.engine.http.ClientAddress;
import dev.sluice.engine.http.CommonRoutes;
import dev.sluice.engine.http.ConnectionBounds;
import dev.sluice.engine.http.Framing;
import dev.sluice.engine.http.ProblemException;
import dev.sluice.engine.http.ProblemReply;
import dev.sluice.engine.http.ProblemType;
import dev.sluice.engine.http.TenantShares;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.VerticleBase;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.TimeUnit;

/** Listens, asks every request for an admin key before anything of its body is read, and lends it to its route. */
final class AdminVerticle extends VerticleBase {
    /** The largest sensible body, a thousand ordinals to settle, has about 10 kB. */
    private static final int MOST_BODY_BYTES = 65_536;

    /** People and scripts call this, not traffic: more at once are told to come back. */
    private static final int MOST_IN_FLIGHT = 64;

    /** Of everybody, with a key or without; a proxy in front counts as one address. */
    private static final int MOST_CONNECTIONS = 512;

    private static final int MOST_CONNECTIONS_PER_ADDRESS = 256;
    /** For a whole request to arrive, however slowly it drips. */
    private static final long REQUEST_MILLIS = 10_000;

    private static final long CHECK_MILLIS = 1_000;
    private static final long ANSWER_SECONDS = 10;
    private static final int IDLE_SECONDS = 60;
    /** Administrators have no tenant. */
    private static final long NO_TENANT = 0;

    private final AdminParts parts;
    private final AdminOptions options;

    private ApiKeys keys;
    private BodyReader bodies;
    private HttpServer server;
    private int inFlight;

    AdminVerticle(AdminParts parts, AdminOptions options) {
        this.parts = parts;
        this.options = options;
    }

    @Override
    public Future<?> start() {
        keys = new ApiKeys(new ApiKeyStore(parts.pool()), parts.clock(), refused -> {});
        long heldBytes = (long) MOST_IN_FLIGHT * MOST_BODY_BYTES;
        bodies = new BodyReader(
                vertx, MOST_BODY_BYTES, REQUEST_MILLIS, new TenantShares(heldBytes, heldBytes), refused -> {});
        ConnectionBounds connections =
                new ConnectionBounds(MOST_CONNECTIONS, MOST_CONNECTIONS_PER_ADDRESS, REQUEST_MILLIS * 1_000_000);
        vertx.setPeriodic(CHECK_MILLIS, check -> connections.closeSilent(System.nanoTime()));
        Handler<HttpServerRequest> entrance = CommonRoutes.entrance(router());
        server = vertx.createHttpServer(
                new HttpServerOptions().setIdleTimeout(IDLE_SECONDS).setHttp2ClearTextEnabled(false));
        return server.connectionHandler(connection -> connections.admit(connection, System.nanoTime()))
                .requestHandler(new Framing(request -> {
                    connections.requested(request, System::nanoTime);
                    entrance.handle(request);
                }))
                .invalidRequestHandler(ProblemReply::ofUnreadable)
                .listen(options.port(), options.host());
    }

    private Router router() {
        Router router = Router.router(vertx);
        CommonRoutes.mount(router, "Sluice control plane", "admin-openapi.yaml");
        AdminRoutes.all(parts)
                .forEach(route ->
                        router.route(route.method(), route.routerPath()).handler(context -> serve(route, context)));
        return router;
    }

    @Override
    public Future<?> stop() {
        return server == null ? Future.succeededFuture() : server.shutdown(ANSWER_SECONDS, TimeUnit.SECONDS);
    }

    /** The port that it listens on. */
    int port() {
        return server.actualPort();
    }

    private void serve(Route route, RoutingContext context) {
        if (inFlight >= MOST_IN_FLIGHT) {
            context.fail(new ProblemException(ProblemType.UNAVAILABLE, "Too many requests are being answered.", 1));
            return;
        }
        inFlight++;
        HttpServerRequest request = context.request();
        request.pause();
        keys.authenticate(
                        request.getHeader(HttpHeaders.AUTHORIZATION),
                        ClientAddress.of(request.remoteAddress()),
                        KeyScope.ADMIN)
                .compose(caller -> {
                    Future<JsonObject> answer =
                            bodies.with(request, NO_TENANT, body -> answer(route, context, caller, body));
                    request.resume();
                    return answer;
                })
                .onComplete(answered -> {
                    inFlight--;
                    if (answered.failed()) {
                        request.resume();
                        context.fail(answered.cause());
                    } else {
                        reply(context, route.status(), answered.result());
                    }
                });
    }

    private static Future<JsonObject> answer(Route route, RoutingContext context, Principal caller, Buffer body) {
        return route.endpoint().answer(new Request(context, caller, body)).timeout(ANSWER_SECONDS, TimeUnit.SECONDS);
    }

    private static void reply(RoutingContext context, int status, JsonObject body) {
        context.response()
                .setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .end(body.toBuffer());
    }
}
