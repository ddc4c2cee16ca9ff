package dev.sluice.admin.organisation;

import dev.sluice.admin.http.Changed;
import dev.sluice.admin.http.Changes;
import dev.sluice.admin.http.Fields;
import dev.sluice.admin.http.Request;
import dev.sluice.admin.http.Route;
import dev.sluice.admin.profile.ProfileStore;
import dev.sluice.engine.time.EngineClock;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import java.time.LocalDate;
import java.util.List;

/** Organisations and their limit profiles: an upgrade is a new row from a day on; the days before it stay as they were. */
public final class OrganisationRoutes {
    /** The tables have room for others, which have no channels yet. */
    private static final String PLATFORM = "dingtalk";

    private static final int MOST_CHARS = 200;

    private final Pool pool;
    private final Changes changes;
    private final EngineClock clock;

    public OrganisationRoutes(Pool pool, Changes changes, EngineClock clock) {
        this.pool = pool;
        this.changes = changes;
        this.clock = clock;
    }

    public List<Route> routes() {
        return List.of(
                Route.create("/v1/tenants/{tenantId}/organisations", this::create),
                Route.get(
                        "/v1/organisations",
                        request -> OrganisationStore.list(
                                pool, clock.platformDay(), request.filterId("tenantId"), request.page("tenantId"))),
                Route.get(
                        "/v1/organisations/{organisationId}",
                        request -> OrganisationStore.get(pool, clock.platformDay(), request.id("organisationId"))),
                Route.change("/v1/organisations/{organisationId}", this::rename),
                Route.replace("/v1/organisations/{organisationId}/profile", this::putProfile));
    }

    private Future<JsonObject> create(Request request) {
        long tenantId = request.id("tenantId");
        Fields body = request.body();
        String platform = platform(body);
        String corpId = body.text("corpId", MOST_CHARS);
        String name = body.text("name", MOST_CHARS);
        String profile = body.text("profile", MOST_CHARS);
        return changes.commit(
                request.actor(),
                "organisation.create",
                sql -> check(sql, body, profile)
                        .compose(checked -> OrganisationStore.insert(sql, tenantId, platform, corpId, name))
                        .compose(id -> OrganisationStore.putProfile(sql, id, clock.platformDay(), profile)
                                .compose(put -> changed(sql, id))));
    }

    private static String platform(Fields body) {
        String platform = body.text("platform", MOST_CHARS);
        if (!platform.isEmpty() && !platform.equals(PLATFORM)) {
            body.fault("platform", "Must be " + PLATFORM + ": Feishu and Lark are not built yet.");
        }
        return platform;
    }

    private Future<JsonObject> rename(Request request) {
        long id = request.id("organisationId");
        Fields body = request.body();
        String name = body.text("name", MOST_CHARS);
        body.check();
        return changes.commit(
                request.actor(),
                "organisation.change",
                sql -> OrganisationStore.rename(sql, id, name).compose(renamed -> changed(sql, id)));
    }

    private Future<JsonObject> putProfile(Request request) {
        long id = request.id("organisationId");
        Fields body = request.body();
        String profile = body.text("profile", MOST_CHARS);
        LocalDate today = clock.platformDay();
        LocalDate effectiveFrom = body.dayFrom("effectiveFrom", today);
        return changes.commit(
                request.actor(),
                "organisation.profile",
                sql -> OrganisationStore.get(sql, today, id)
                        .compose(exists -> check(sql, body, profile))
                        .compose(checked -> OrganisationStore.putProfile(sql, id, effectiveFrom, profile))
                        .compose(put -> changed(sql, id)));
    }

    /** Fails with everything that is wrong with the request, a profile that is not there included. */
    private static Future<Void> check(SqlConnection sql, Fields body, String profile) {
        return ProfileStore.exists(sql, profile).compose(exists -> {
            if (!profile.isEmpty() && !exists) {
                body.fault("profile", "There is no such limit profile; see /v1/profiles.");
            }
            body.check();
            return Future.succeededFuture();
        });
    }

    private Future<Changed> changed(SqlConnection sql, long id) {
        return OrganisationStore.get(sql, clock.platformDay(), id)
                .map(organisation -> Changed.to("organisation " + id, organisation));
    }
}
