package dev.sluice.admin.tenant;

import dev.sluice.admin.http.Changed;
import dev.sluice.admin.http.Changes;
import dev.sluice.admin.http.Fields;
import dev.sluice.admin.http.Request;
import dev.sluice.admin.http.Route;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import java.util.List;

/** Tenants: create, look up, rename, weigh, pause and resume. A paused tenant's lanes hold everything back. */
public final class TenantRoutes {
    private static final int MOST_NAME_CHARS = 100;
    private static final int MOST_WEIGHT = 1_000;

    private final Pool pool;
    private final Changes changes;

    public TenantRoutes(Pool pool, Changes changes) {
        this.pool = pool;
        this.changes = changes;
    }

    public List<Route> routes() {
        return List.of(
                Route.create("/v1/tenants", this::create),
                Route.get("/v1/tenants", request -> TenantStore.list(pool, request.page())),
                Route.get("/v1/tenants/{tenantId}", request -> TenantStore.get(pool, request.id("tenantId"))),
                Route.change("/v1/tenants/{tenantId}", this::change),
                Route.act("/v1/tenants/{tenantId}/pause", request -> setState(request, "paused")),
                Route.act("/v1/tenants/{tenantId}/resume", request -> setState(request, "active")));
    }

    private Future<JsonObject> create(Request request) {
        Fields body = request.body();
        String name = body.text("name", MOST_NAME_CHARS);
        Long weight = body.numberIfAny("weight", 1, MOST_WEIGHT);
        body.check();
        return changes.commit(
                request.actor(),
                "tenant.create",
                sql -> TenantStore.insert(sql, name, weight).map(TenantRoutes::changed));
    }

    private Future<JsonObject> change(Request request) {
        long id = request.id("tenantId");
        Fields body = request.body();
        String name = body.textIfAny("name", MOST_NAME_CHARS);
        Long weight = body.numberIfAny("weight", 1, MOST_WEIGHT);
        body.check();
        return changes.commit(
                request.actor(),
                "tenant.change",
                sql -> TenantStore.change(sql, id, name, weight).map(TenantRoutes::changed));
    }

    private Future<JsonObject> setState(Request request, String state) {
        long id = request.id("tenantId");
        Fields body = request.body();
        String reason = body.textIfAny("reason", 500);
        body.check();
        return changes.commit(
                request.actor(),
                state.equals("paused") ? "tenant.pause" : "tenant.resume",
                sql -> TenantStore.setState(sql, id, state)
                        .map(tenant -> new Changed("tenant " + id, new JsonObject().put("reason", reason), tenant)));
    }

    private static Changed changed(JsonObject tenant) {
        return Changed.to("tenant " + tenant.getLong("id"), tenant);
    }
}
