package dev.sluice.admin.audit;

import dev.sluice.admin.http.Page;
import dev.sluice.admin.http.Request;
import dev.sluice.admin.http.Route;
import dev.sluice.admin.http.Rows;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.List;

/** Who changed what, newest first. Rows are never changed: the table refuses it. */
public final class AuditRoutes {
    private static final String LIST =
            "SELECT * FROM audit WHERE id < $1 AND ($2::text IS NULL OR target = $2) ORDER BY id DESC LIMIT $3";

    private final Pool pool;

    public AuditRoutes(Pool pool) {
        this.pool = pool;
    }

    public List<Route> routes() {
        return List.of(Route.get("/v1/audit", this::list));
    }

    private Future<JsonObject> list(Request request) {
        Page page = request.page("target");
        return pool.preparedQuery(LIST)
                .execute(Tuple.of(
                        page.afterId(Long.MAX_VALUE), request.filter("target").orElse(null), page.fetched()))
                .map(rows -> page.reply(rows, AuditRoutes::json, row -> row.getLong("id")));
    }

    private static JsonObject json(Row row) {
        return new JsonObject()
                .put("id", row.getLong("id"))
                .put("at", Rows.moment(row, "at"))
                .put("actor", row.getString("actor"))
                .put("action", row.getString("action"))
                .put("target", row.getString("target"))
                .put("detail", row.getJsonObject("detail"));
    }
}
