package dev.sluice.admin;

import dev.sluice.admin.http.Request;
import dev.sluice.admin.http.Route;
import dev.sluice.engine.auth.ApiKeyStore;
import dev.sluice.engine.auth.ApiKeys;
import dev.sluice.engine.auth.KeyScope;
import dev.sluice.engine.http.CommonRoutes;
import dev.sluice.engine.http.Framing;
import dev.sluice.engine.http.ProblemException;
import dev.sluice.engine.http.ProblemReply;
import dev.sluice.engine.http.ProblemType;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.concurrent.TimeUnit;

/** Listens, asks every request for an admin key, and lends it to its route. */
final class AdminVerticle extends VerticleBase {
    /** The largest sensible body, a thousand ordinals to settle, has about 10 kB. */
    private static final long MOST_BODY_BYTES = 65_536;

    /** People and scripts call this, not traffic: more at once are told to come back. */
    private static final int MOST_IN_FLIGHT = 64;

    private static final long ANSWER_SECONDS = 10;
    private static final int IDLE_SECONDS = 60;

    private final AdminParts parts;
    private final AdminOptions options;

    private ApiKeys keys;
    private HttpServer server;
    private int inFlight;

    AdminVerticle(AdminParts parts, AdminOptions options) {
        this.parts = parts;
        this.options = options;
    }

    @Override
    public Future<?> start() {
        keys = new ApiKeys(new ApiKeyStore(parts.pool()), parts.clock());
        Router router = Router.router(vertx);
        CommonRoutes.mount(router, "Sluice control plane", "admin-openapi.yaml");
        router.route().handler(BodyHandler.create(false).setBodyLimit(MOST_BODY_BYTES));
        AdminRoutes.all(parts)
                .forEach(route ->
                        router.route(route.method(), route.routerPath()).handler(context -> serve(route, context)));
        server = vertx.createHttpServer(
                new HttpServerOptions().setIdleTimeout(IDLE_SECONDS).setHttp2ClearTextEnabled(false));
        return server.requestHandler(new Framing(CommonRoutes.entrance(router)))
                .invalidRequestHandler(ProblemReply::ofUnreadable)
                .listen(options.port(), options.host());
    }

    @Override
    public Future<?> stop() {
        return server == null ? Future.succeededFuture() : server.close();
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
        String authorization = context.request().getHeader(HttpHeaders.AUTHORIZATION);
        keys.authenticate(authorization, context.request().remoteAddress().hostAddress(), KeyScope.ADMIN)
                .compose(caller -> route.endpoint().answer(new Request(context, caller)))
                .timeout(ANSWER_SECONDS, TimeUnit.SECONDS)
                .onComplete(answered -> {
                    inFlight--;
                    if (answered.failed()) {
                        context.fail(answered.cause());
                    } else {
                        reply(context, route.status(), answered.result());
                    }
                });
    }

    private static void reply(RoutingContext context, int status, JsonObject body) {
        context.response()
                .setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .end(body.toBuffer());
    }
}
