package dev.sluice.admin.channel;

import dev.sluice.admin.app.AppStore;
import dev.sluice.admin.app.NewApp;
import dev.sluice.admin.http.Changed;
import dev.sluice.admin.http.Changes;
import dev.sluice.admin.http.Fields;
import dev.sluice.admin.http.Request;
import dev.sluice.admin.http.Route;
import dev.sluice.engine.http.ProblemException;
import dev.sluice.engine.secret.AppSecrets;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import java.util.List;
import java.util.Objects;

/** Channels: created with the credentials of their app (which is found by its key, or made), changed, paused and resumed. */
public final class ChannelRoutes {
    private static final int MOST_REASON_CHARS = 500;

    private final Pool pool;
    private final Changes changes;
    private final AppSecrets sealer;

    public ChannelRoutes(Pool pool, Changes changes, AppSecrets sealer) {
        this.pool = pool;
        this.changes = changes;
        this.sealer = sealer;
    }

    public List<Route> routes() {
        return List.of(
                Route.create("/v1/tenants/{tenantId}/channels", this::create),
                Route.get(
                        "/v1/channels",
                        request -> ChannelStore.list(pool, request.filterId("tenantId"), request.page("tenantId"))),
                Route.get("/v1/channels/{channelId}", request -> ChannelStore.get(pool, request.id("channelId"))),
                Route.change("/v1/channels/{channelId}", this::change),
                Route.act("/v1/channels/{channelId}/pause", this::pause),
                Route.act("/v1/channels/{channelId}/resume", this::resume));
    }

    private Future<JsonObject> create(Request request) {
        long tenantId = request.id("tenantId");
        NewChannel channel = NewChannel.read(request.body());
        return changes.commit(
                request.actor(),
                "channel.create",
                sql -> ChannelStore.requireOrganisation(sql, channel.organisationId(), tenantId)
                        .compose(ours -> findOrMakeApp(sql, tenantId, channel))
                        .compose(appId -> ChannelStore.insert(
                                sql, tenantId, appId, channel.kind().wireName(), channel.name()))
                        .compose(id -> ChannelStore.change(sql, id, channel.settings()))
                        .map(ChannelRoutes::changed));
    }

    private Future<Long> findOrMakeApp(SqlConnection sql, long tenantId, NewChannel channel) {
        return AppStore.find(sql, channel.organisationId(), channel.appKey()).compose(found -> {
            if (found.isPresent()) {
                long appId = found.get().getLong("id");
                refuseContradiction(found.get(), channel);
                return AppStore.complete(sql, appId, channel.agentId(), channel.robotCode())
                        .map(appId);
            }
            if (channel.secrets().isEmpty()) {
                throw ProblemException.invalid("/secrets", "Is required: this app is new here.");
            }
            return AppStore.insert(
                    sql,
                    sealer,
                    new NewApp(
                            tenantId,
                            channel.organisationId(),
                            channel.appKey(),
                            channel.appKey(),
                            channel.agentId(),
                            channel.robotCode(),
                            channel.secrets()));
        });
    }

    /** An app that exists is shared as it is: its other channels must not change under its tenant's hands. */
    private static void refuseContradiction(Row app, NewChannel channel) {
        long appId = app.getLong("id");
        if (!channel.secrets().isEmpty()) {
            throw ProblemException.invalid(
                    "/secrets",
                    "This app is known as " + appId + ": leave its secrets out, or replace them at /v1/apps/" + appId
                            + "/secrets.");
        }
        if (differ(app.getLong("agent_id"), channel.agentId())) {
            throw ProblemException.invalid("/agentId", "App " + appId + " has another agentId.");
        }
        if (differ(app.getString("robot_code"), channel.robotCode())) {
            throw ProblemException.invalid("/robotCode", "App " + appId + " has another robotCode.");
        }
    }

    private static boolean differ(Object known, Object given) {
        return known != null && given != null && !Objects.equals(known, given);
    }

    private Future<JsonObject> change(Request request) {
        long id = request.id("channelId");
        Fields body = request.body();
        ChannelSettings settings = ChannelSettings.read(body);
        body.check();
        return changes.commit(
                request.actor(),
                "channel.change",
                sql -> ChannelStore.change(sql, id, settings).map(ChannelRoutes::changed));
    }

    private Future<JsonObject> pause(Request request) {
        Fields body = request.body();
        String reason = body.text("reason", MOST_REASON_CHARS);
        body.check();
        return setState(request, "channel.pause", "paused", reason);
    }

    private Future<JsonObject> resume(Request request) {
        request.body().check();
        return setState(request, "channel.resume", "active", null);
    }

    private Future<JsonObject> setState(Request request, String action, String state, String reason) {
        long id = request.id("channelId");
        return changes.commit(
                request.actor(),
                action,
                sql -> ChannelStore.setState(sql, id, state, reason).map(ChannelRoutes::changed));
    }

    private static Changed changed(JsonObject channel) {
        return Changed.to("channel " + channel.getLong("id"), channel);
    }
}
