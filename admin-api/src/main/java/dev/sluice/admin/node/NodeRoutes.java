package dev.sluice.admin.node;

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

/** The processes that share this installation, and how many apps each owns. */
public final class NodeRoutes {
    private static final String LIST = """
            SELECT n.slot, n.name, n.lease_until, n.started_at, n.lease_until > now() AS alive,
              (SELECT count(*) FROM app_lease l WHERE l.incarnation = n.incarnation) AS apps
            FROM node n WHERE n.slot > $1 AND n.name <> '' ORDER BY n.slot LIMIT $2
            """;

    private final Pool pool;

    public NodeRoutes(Pool pool) {
        this.pool = pool;
    }

    public List<Route> routes() {
        return List.of(Route.get("/v1/nodes", this::list));
    }

    private Future<JsonObject> list(Request request) {
        Page page = request.page();
        return pool.preparedQuery(LIST)
                .execute(Tuple.of(page.afterId(-1), page.fetched()))
                .map(rows -> page.reply(rows, NodeRoutes::json, row -> row.getInteger("slot")));
    }

    private static JsonObject json(Row row) {
        return new JsonObject()
                .put("slot", row.getInteger("slot"))
                .put("name", row.getString("name"))
                .put("alive", row.getBoolean("alive"))
                .put("apps", row.getLong("apps"))
                .put("leaseUntil", Rows.moment(row, "lease_until"))
                .put("startedAt", Rows.moment(row, "started_at"));
    }
}
