package dev.sluice.engine.auth;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.function.BiFunction;

/** Puts the question "who calls?" before a route and its JSON answer behind it. One event loop. */
public final class Guard {
    private final ApiKeys keys;
    private final KeyScope scope;

    public Guard(ApiKeys keys, KeyScope scope) {
        this.keys = keys;
        this.scope = scope;
    }

    /**
     * A route that needs a key. The body waits on the socket until the key is known to be right, then flows to whatever the route has attached.
     *
     * @param route gives the answer's body; null when it has answered by itself
     */
    public Handler<RoutingContext> guarded(BiFunction<RoutingContext, Principal, Future<JsonObject>> route) {
        return context -> {
            context.request().pause();
            keys.authenticate(
                            context.request().getHeader(HttpHeaders.AUTHORIZATION),
                            context.request().remoteAddress().hostAddress(),
                            scope)
                    .compose(caller -> {
                        Future<JsonObject> answer = route.apply(context, caller);
                        context.request().resume();
                        return answer;
                    })
                    .onFailure(failure -> {
                        context.request().resume();
                        context.fail(failure);
                    })
                    .onSuccess(answer -> reply(context, answer));
        };
    }

    private static void reply(RoutingContext context, JsonObject answer) {
        if (answer != null) {
            context.response()
                    .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                    .end(answer.toBuffer());
        }
    }
}
