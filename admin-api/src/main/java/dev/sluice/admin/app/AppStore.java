package dev.sluice.admin.app;

import dev.sluice.admin.http.Page;
import dev.sluice.admin.http.Rows;
import dev.sluice.engine.secret.AppSecrets;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.Map;
import java.util.Optional;

/** The table {@code app}. No statement here reads the secrets. */
public final class AppStore {
    private static final String COLUMNS =
            "id, tenant_id, organisation_id, name, app_key, agent_id, robot_code, created_at";

    private static final String GET = "SELECT " + COLUMNS + " FROM app WHERE id = $1";
    private static final String LIST = "SELECT " + COLUMNS
            + " FROM app WHERE id > $1 AND ($2::bigint IS NULL OR tenant_id = $2) ORDER BY id LIMIT $3";
    private static final String FIND = "SELECT " + COLUMNS
            + ", (SELECT kind FROM channel WHERE app_id = app.id ORDER BY id LIMIT 1) AS any_kind"
            + " FROM app WHERE organisation_id = $1 AND app_key = $2 FOR UPDATE";

    /** The id is drawn first: the secrets are sealed for it. */
    private static final String NEXT_ID = "SELECT nextval(pg_get_serial_sequence('app', 'id')) AS id";

    private static final String INSERT = """
            INSERT INTO app (id, tenant_id, organisation_id, name, app_key, agent_id, robot_code, secrets_cipher, webhook_token_sha256)
            OVERRIDING SYSTEM VALUE VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
            """;

    private static final String COMPLETE =
            "UPDATE app SET agent_id = coalesce(agent_id, $2), robot_code = coalesce(robot_code, $3) WHERE id = $1";

    private static final String CORRECT =
            "UPDATE app SET agent_id = coalesce($2, agent_id), robot_code = coalesce($3, robot_code) WHERE id = $1";

    private static final String ROTATE = "UPDATE app SET secrets_cipher = $2, webhook_token_sha256 = $3 WHERE id = $1";

    private AppStore() {}

    static Future<JsonObject> get(SqlClient sql, long id) {
        return row(sql, id).map(AppStore::json);
    }

    static Future<JsonObject> list(SqlClient sql, Long tenantId, Page page) {
        return sql.preparedQuery(LIST)
                .execute(Tuple.of(page.afterId(0), tenantId, page.fetched()))
                .map(rows -> page.reply(rows, AppStore::json, row -> row.getLong("id")));
    }

    static Future<Row> row(SqlClient sql, long id) {
        return Rows.one(sql, GET, Tuple.of(id), "app");
    }

    /** The organisation's app with that key, locked, and with the kind of any of its channels: they all use the same secrets. */
    public static Future<Optional<Row>> find(SqlClient sql, long organisationId, String appKey) {
        return sql.preparedQuery(FIND)
                .execute(Tuple.of(organisationId, appKey))
                .map(rows -> rows.stream().findFirst());
    }

    /** Makes an app and answers its id. */
    public static Future<Long> insert(SqlClient sql, AppSecrets sealer, NewApp app) {
        return sql.query(NEXT_ID)
                .execute()
                .map(rows -> rows.iterator().next().getLong("id"))
                .compose(id -> sql.preparedQuery(INSERT)
                        .execute(Tuple.from(new Object[] {
                            id,
                            app.tenantId(),
                            app.organisationId(),
                            app.name(),
                            app.appKey(),
                            app.agentId(),
                            app.robotCode(),
                            Buffer.buffer(sealer.seal(app.tenantId(), id, app.secrets())),
                            WebhookToken.sha256(app.secrets())
                        }))
                        .map(id));
    }

    /** Adds the ids that a further kind of channel needs; what is there stays. */
    public static Future<Void> complete(SqlClient sql, long id, Long agentId, String robotCode) {
        return sql.preparedQuery(COMPLETE)
                .execute(Tuple.of(id, agentId, robotCode))
                .mapEmpty();
    }

    /** Replaces the ids that are given; null leaves one as it is. */
    static Future<Void> correct(SqlClient sql, long id, Long agentId, String robotCode) {
        return sql.preparedQuery(CORRECT)
                .execute(Tuple.of(id, agentId, robotCode))
                .mapEmpty();
    }

    static Future<Void> rotate(SqlClient sql, AppSecrets sealer, Row app, Map<String, String> secrets) {
        long id = app.getLong("id");
        byte[] sealed = sealer.seal(app.getLong("tenant_id"), id, secrets);
        return sql.preparedQuery(ROTATE)
                .execute(Tuple.of(id, Buffer.buffer(sealed), WebhookToken.sha256(secrets)))
                .mapEmpty();
    }

    private static JsonObject json(Row row) {
        return new JsonObject()
                .put("id", row.getLong("id"))
                .put("tenantId", row.getLong("tenant_id"))
                .put("organisationId", row.getLong("organisation_id"))
                .put("name", row.getString("name"))
                .put("appKey", row.getString("app_key"))
                .put("agentId", row.getLong("agent_id"))
                .put("robotCode", row.getString("robot_code"))
                .put("createdAt", Rows.moment(row, "created_at"));
    }
}
