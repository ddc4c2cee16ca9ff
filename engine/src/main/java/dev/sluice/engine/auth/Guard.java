package dev.sluice.engine.auth;

import dev.sluice.engine.http.ClientAddress;
import dev.sluice.engine.http.TenantPermits;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.function.BiFunction;

/** Puts the question "who calls?" before a route, its tenant's turn, and its JSON answer behind it. One event loop. */
public final class Guard {
    private final ApiKeys keys;
    private final KeyScope scope;
    private final TenantPermits permits;

    public Guard(ApiKeys keys, KeyScope scope, TenantPermits permits) {
        this.keys = keys;
        this.scope = scope;
        this.permits = permits;
    }

    /**
     * A route that needs a key and its tenant's permit, which it has until its answer is written: a client that does not read holds up itself. The body waits on
     * the socket until then and flows to whatever the route has attached.
     *
     * @param route gives the answer's body; null when it has answered by itself
     */
    public Handler<RoutingContext> guarded(BiFunction<RoutingContext, Principal, Future<JsonObject>> route) {
        return behindKey((context, caller) -> permits.with(caller.tenantId(), () -> answer(route, context, caller)));
    }

    /** The same for a route that has a bound of its own, such as the places for people files. */
    public Handler<RoutingContext> guardedWithoutPermit(
            BiFunction<RoutingContext, Principal, Future<JsonObject>> route) {
        return behindKey((context, caller) -> answer(route, context, caller));
    }

    private Handler<RoutingContext> behindKey(BiFunction<RoutingContext, Principal, Future<Void>> work) {
        return context -> {
            context.request().pause();
            keys.authenticate(
                            context.request().getHeader(HttpHeaders.AUTHORIZATION),
                            ClientAddress.of(context.request().remoteAddress()),
                            scope)
                    .compose(caller -> work.apply(context, caller))
                    .onFailure(failure -> {
                        context.request().resume();
                        context.fail(failure);
                    });
        };
    }

    private static Future<Void> answer(
            BiFunction<RoutingContext, Principal, Future<JsonObject>> route, RoutingContext context, Principal caller) {
        // A body whose client went away before its turn never ends: its permit would be held until it is given up.
        if (context.response().closed()) {
            return Future.failedFuture("The client went away.");
        }
        Future<JsonObject> answer = route.apply(context, caller);
        context.request().resume();
        return answer.compose(body -> body == null
                ? Future.succeededFuture()
                : context.response()
                        .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                        .end(body.toBuffer()));
    }
}
