package dev.sluice.admin.app;

import dev.sluice.admin.http.Changed;
import dev.sluice.admin.http.Changes;
import dev.sluice.admin.http.Fields;
import dev.sluice.admin.http.Request;
import dev.sluice.admin.http.Route;
import dev.sluice.engine.http.ProblemException;
import dev.sluice.engine.model.ChannelKind;
import dev.sluice.engine.secret.AppSecrets;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.Map;

/** Apps: look up, correct the ids that the platform gave them beside the AppKey, and replace the secrets. Apps are made with their first channel. */
public final class AppRoutes {
    /** An app's channels all use the same kind of secrets, so any of them says which. */
    private static final String ANY_KIND = "SELECT kind FROM channel WHERE app_id = $1 ORDER BY id LIMIT 1";

    private static final int MOST_CHARS = 200;

    private final Pool pool;
    private final Changes changes;
    private final AppSecrets sealer;

    public AppRoutes(Pool pool, Changes changes, AppSecrets sealer) {
        this.pool = pool;
        this.changes = changes;
        this.sealer = sealer;
    }

    public List<Route> routes() {
        return List.of(
                Route.get(
                        "/v1/apps",
                        request -> AppStore.list(pool, request.filterId("tenantId"), request.page("tenantId"))),
                Route.get("/v1/apps/{appId}", request -> AppStore.get(pool, request.id("appId"))),
                Route.change("/v1/apps/{appId}", this::correct),
                Route.replace("/v1/apps/{appId}/secrets", this::rotate));
    }

    /** The AppKey stays: what was counted and booked was counted and booked for it. */
    private Future<JsonObject> correct(Request request) {
        long id = request.id("appId");
        Fields body = request.body();
        Long agentId = body.numberIfAny("agentId", 1, Long.MAX_VALUE);
        String robotCode = body.textIfAny("robotCode", MOST_CHARS);
        return changes.commit(
                request.actor(),
                "app.correct",
                sql -> AppStore.row(sql, id)
                        .compose(app -> {
                            refuseNew(body, "agentId", agentId, app.getLong("agent_id"));
                            refuseNew(body, "robotCode", robotCode, app.getString("robot_code"));
                            body.check();
                            return AppStore.correct(sql, id, agentId, robotCode);
                        })
                        .compose(corrected -> AppStore.get(sql, id))
                        .map(app -> Changed.to("app " + id, app)));
    }

    /** An id of a kind of which the app has no channel comes with the first of them. */
    private static void refuseNew(Fields body, String name, Object given, Object known) {
        if (given != null && known == null) {
            body.fault(name, "This app has none to correct: it comes with the first channel that needs it.");
        }
    }

    private Future<JsonObject> rotate(Request request) {
        long id = request.id("appId");
        Fields body = request.body();
        return changes.commit(
                request.actor(),
                "app.rotate-secrets",
                sql -> AppStore.row(sql, id)
                        .compose(app -> kind(sql, id).compose(kind -> {
                            Map<String, String> secrets = SecretFields.read(body, kind);
                            body.check();
                            return AppStore.rotate(sql, sealer, app, secrets)
                                    .compose(rotated -> AppStore.get(sql, id))
                                    .map(reply -> new Changed("app " + id, names(secrets), reply));
                        })));
    }

    private static JsonObject names(Map<String, String> secrets) {
        return new JsonObject()
                .put(
                        "replaced",
                        new JsonArray(secrets.keySet().stream().sorted().toList()));
    }

    private static Future<ChannelKind> kind(SqlClient sql, long appId) {
        return sql.preparedQuery(ANY_KIND)
                .execute(Tuple.of(appId))
                .map(rows -> rows.stream()
                        .findFirst()
                        .flatMap(row -> ChannelKind.ofWireName(row.getString("kind")))
                        .orElseThrow(() -> ProblemException.invalid(
                                "path:appId", "This app has no channel of a kind that this build knows.")));
    }
}
