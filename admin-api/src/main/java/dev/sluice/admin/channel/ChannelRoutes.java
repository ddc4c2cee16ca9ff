package dev.sluice.admin.channel;

import dev.sluice.admin.app.AppStore;
import dev.sluice.admin.app.NewApp;
import dev.sluice.admin.app.SecretFields;
import dev.sluice.admin.http.Changed;
import dev.sluice.admin.http.Changes;
import dev.sluice.admin.http.Fields;
import dev.sluice.admin.http.Request;
import dev.sluice.admin.http.Route;
import dev.sluice.engine.model.ChannelKind;
import dev.sluice.engine.secret.AppSecrets;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

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
        Fields body = request.body();
        NewChannel channel = NewChannel.read(body);
        return changes.commit(
                request.actor(),
                "channel.create",
                sql -> findApp(sql, tenantId, body, channel)
                        .compose(app -> app.isPresent()
                                ? completeApp(sql, app.get(), channel)
                                : makeApp(sql, tenantId, channel))
                        .compose(appId -> ChannelStore.insert(
                                sql, tenantId, appId, channel.kind().wireName(), channel.name()))
                        .compose(id -> ChannelStore.change(sql, id, channel.settings()))
                        .map(ChannelRoutes::changed));
    }

    /** The channel's app, if it is there; fails with everything that is wrong with the request. */
    private static Future<Optional<Row>> findApp(SqlConnection sql, long tenantId, Fields body, NewChannel channel) {
        return ChannelStore.hasOrganisation(sql, tenantId, channel.organisationId())
                .compose(has -> {
                    if (!has) {
                        refuseOrganisation(body, channel);
                    }
                    return AppStore.find(sql, channel.organisationId(), channel.appKey());
                })
                .map(found -> {
                    found.ifPresentOrElse(
                            app -> noteContradictions(body, app, channel), () -> noteMissingSecrets(body, channel));
                    body.check();
                    return found;
                });
    }

    /** Its apps are nobody's business, so that what else is wrong is said without a look at them. */
    private static void refuseOrganisation(Fields body, NewChannel channel) {
        if (channel.organisationId() != null) {
            body.fault("organisationId", "This tenant has no such organisation.");
        }
        body.check();
    }

    private static void noteMissingSecrets(Fields body, NewChannel channel) {
        if (!channel.appKey().isEmpty() && channel.secrets().isEmpty()) {
            body.fault("secrets", "Is required: this app is new here.");
        }
    }

    /** An app that exists is shared as it is: its other channels must not change under its tenant's hands. */
    private static void noteContradictions(Fields body, Row app, NewChannel channel) {
        long appId = app.getLong("id");
        boolean hasItsSecrets = ChannelKind.ofWireName(app.getString("any_kind"))
                .filter(kind -> SecretFields.alike(kind, channel.kind()))
                .isPresent();
        if (!hasItsSecrets) {
            body.fault(
                    "appKey",
                    "App " + appId + " goes by it, and has not the secrets that this kind needs: give another one."
                            + " Of a webhook robot it is only a name, that of the channel when left out.");
        } else if (!channel.secrets().isEmpty()) {
            body.fault(
                    "secrets",
                    "This app is known as " + appId + ": leave its secrets out, or replace them at /v1/apps/" + appId
                            + "/secrets.");
        }
        if (differ(app.getLong("agent_id"), channel.agentId())) {
            body.fault("agentId", "App " + appId + " has another agentId.");
        }
        if (differ(app.getString("robot_code"), channel.robotCode())) {
            body.fault("robotCode", "App " + appId + " has another robotCode.");
        }
    }

    private static Future<Long> completeApp(SqlConnection sql, Row app, NewChannel channel) {
        long appId = app.getLong("id");
        return AppStore.complete(sql, appId, channel.agentId(), channel.robotCode())
                .map(appId);
    }

    private Future<Long> makeApp(SqlConnection sql, long tenantId, NewChannel channel) {
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
