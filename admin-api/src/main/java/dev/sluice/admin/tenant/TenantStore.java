package dev.sluice.admin.tenant;

import dev.sluice.admin.http.Page;
import dev.sluice.admin.http.Rows;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;

/** The table {@code tenant}. */
final class TenantStore {
    private static final String INSERT = "INSERT INTO tenant (name, weight) VALUES ($1, coalesce($2, 1)) RETURNING *";
    private static final String GET = "SELECT * FROM tenant WHERE id = $1";
    private static final String LIST = "SELECT * FROM tenant WHERE id > $1 ORDER BY id LIMIT $2";
    private static final String CHANGE =
            "UPDATE tenant SET name = coalesce($2, name), weight = coalesce($3, weight) WHERE id = $1 RETURNING *";
    private static final String SET_STATE = "UPDATE tenant SET state = $2 WHERE id = $1 RETURNING *";

    private TenantStore() {}

    static Future<JsonObject> insert(SqlClient sql, String name, Long weight) {
        return one(sql, INSERT, Tuple.of(name, weight));
    }

    static Future<JsonObject> get(SqlClient sql, long id) {
        return one(sql, GET, Tuple.of(id));
    }

    static Future<JsonObject> list(SqlClient sql, Page page) {
        return sql.preparedQuery(LIST)
                .execute(Tuple.of(page.afterId(0), page.fetched()))
                .map(rows -> page.reply(rows, TenantStore::json, row -> row.getLong("id")));
    }

    static Future<JsonObject> change(SqlClient sql, long id, String name, Long weight) {
        return one(sql, CHANGE, Tuple.of(id, name, weight));
    }

    static Future<JsonObject> setState(SqlClient sql, long id, String state) {
        return one(sql, SET_STATE, Tuple.of(id, state));
    }

    private static Future<JsonObject> one(SqlClient sql, String statement, Tuple parameters) {
        return Rows.one(sql, statement, parameters, "tenant").map(TenantStore::json);
    }

    private static JsonObject json(Row row) {
        return new JsonObject()
                .put("id", row.getLong("id"))
                .put("name", row.getString("name"))
                .put("state", row.getString("state"))
                .put("weight", row.getInteger("weight"))
                .put("createdAt", Rows.moment(row, "created_at"));
    }
}
