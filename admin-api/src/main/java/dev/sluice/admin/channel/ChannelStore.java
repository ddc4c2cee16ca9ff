package dev.sluice.admin.channel;

import dev.sluice.admin.http.Page;
import dev.sluice.admin.http.Rows;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;

/** The table {@code channel}. */
final class ChannelStore {
    private static final String HAS_ORGANISATION = """
            SELECT EXISTS (SELECT FROM organisation o WHERE o.id = $2 AND o.tenant_id = t.id) AS has FROM tenant t WHERE t.id = $1
            """;

    private static final String INSERT =
            "INSERT INTO channel (tenant_id, app_id, kind, name) VALUES ($1, $2, $3, $4) RETURNING id";

    private static final String GET = "SELECT * FROM channel WHERE id = $1";

    private static final String LIST =
            "SELECT * FROM channel WHERE id > $1 AND ($2::bigint IS NULL OR tenant_id = $2) ORDER BY id LIMIT $3";

    private static final String CHANGE = """
            UPDATE channel SET on_doubt = coalesce($2, on_doubt), receipts = coalesce($3, receipts),
              receipt_sample_percent = coalesce($4, receipt_sample_percent), reserve_percent = coalesce($5, reserve_percent),
              quiet_from = CASE WHEN $6 THEN $7::time ELSE quiet_from END, quiet_until = CASE WHEN $6 THEN $8::time ELSE quiet_until END,
              quiet_zone = CASE WHEN $6 THEN $9 ELSE quiet_zone END,
              people_per_call = CASE WHEN $10 THEN $11::integer ELSE people_per_call END
            WHERE id = $1 RETURNING *
            """;

    private static final String SET_STATE =
            "UPDATE channel SET state = $2, pause_reason = $3 WHERE id = $1 RETURNING *";

    private ChannelStore() {}

    /** Whether the tenant, which must be there, has this organisation. */
    static Future<Boolean> hasOrganisation(SqlClient sql, long tenantId, Long organisationId) {
        return Rows.one(sql, HAS_ORGANISATION, Tuple.of(tenantId, organisationId), "tenant")
                .map(row -> row.getBoolean("has"));
    }

    static Future<Long> insert(SqlClient sql, long tenantId, long appId, String kind, String name) {
        return sql.preparedQuery(INSERT)
                .execute(Tuple.of(tenantId, appId, kind, name))
                .map(rows -> rows.iterator().next().getLong("id"));
    }

    static Future<JsonObject> get(SqlClient sql, long id) {
        return one(sql, GET, Tuple.of(id));
    }

    static Future<JsonObject> list(SqlClient sql, Long tenantId, Page page) {
        return sql.preparedQuery(LIST)
                .execute(Tuple.of(page.afterId(0), tenantId, page.fetched()))
                .map(rows -> page.reply(rows, ChannelStore::json, row -> row.getLong("id")));
    }

    static Future<JsonObject> change(SqlClient sql, long id, ChannelSettings to) {
        return one(sql, CHANGE, Tuple.from(new Object[] {
            id,
            to.onDoubt(),
            to.receipts(),
            to.receiptSamplePercent(),
            to.reservePercent(),
            to.setsQuietHours(),
            to.quietFrom(),
            to.quietUntil(),
            to.quietZone().getId(),
            to.setsPeoplePerCall(),
            to.peoplePerCall()
        }));
    }

    static Future<JsonObject> setState(SqlClient sql, long id, String state, String reason) {
        return one(sql, SET_STATE, Tuple.of(id, state, reason));
    }

    private static Future<JsonObject> one(SqlClient sql, String statement, Tuple parameters) {
        return Rows.one(sql, statement, parameters, "channel").map(ChannelStore::json);
    }

    private static JsonObject json(Row row) {
        return new JsonObject()
                .put("id", row.getLong("id"))
                .put("tenantId", row.getLong("tenant_id"))
                .put("appId", row.getLong("app_id"))
                .put("kind", row.getString("kind"))
                .put("name", row.getString("name"))
                .put("state", row.getString("state"))
                .put("pauseReason", row.getString("pause_reason"))
                .put("onDoubt", row.getString("on_doubt"))
                .put("receipts", row.getString("receipts"))
                .put("receiptSamplePercent", row.getInteger("receipt_sample_percent"))
                .put("reservePercent", row.getInteger("reserve_percent"))
                .put("quietHours", quietHours(row))
                .put("peoplePerCall", row.getInteger("people_per_call"))
                .put("createdAt", Rows.moment(row, "created_at"));
    }

    private static JsonObject quietHours(Row row) {
        return row.getLocalTime("quiet_from") == null
                ? null
                : new JsonObject()
                        .put("from", row.getLocalTime("quiet_from").toString())
                        .put("until", row.getLocalTime("quiet_until").toString())
                        .put("zone", row.getString("quiet_zone"));
    }
}
