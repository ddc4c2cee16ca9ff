package dev.sluice.admin.organisation;

import dev.sluice.admin.http.Page;
import dev.sluice.admin.http.Rows;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.LocalDate;

/** The tables {@code organisation} and {@code organisation_profile}. */
final class OrganisationStore {
    private static final String INSERT =
            "INSERT INTO organisation (tenant_id, platform, corp_id, name) SELECT id, $2, $3, $4 FROM tenant WHERE id = $1 RETURNING id";

    private static final String PUT_PROFILE = """
            INSERT INTO organisation_profile (organisation_id, effective_from, profile) VALUES ($1, $2, $3)
            ON CONFLICT (organisation_id, effective_from) DO UPDATE SET profile = excluded.profile
            """;

    private static final String RENAME = "UPDATE organisation SET name = $2 WHERE id = $1 RETURNING id";

    private static final String COLUMNS = """
            SELECT o.*, (SELECT jsonb_agg(jsonb_build_object('effectiveFrom', effective_from, 'profile', profile) ORDER BY effective_from DESC)
              FROM organisation_profile WHERE organisation_id = o.id) AS profiles,
              (SELECT profile FROM organisation_profile WHERE organisation_id = o.id AND effective_from <= $1
                ORDER BY effective_from DESC LIMIT 1) AS profile_in_force
            FROM organisation o
            """;
    private static final String GET = COLUMNS + "WHERE o.id = $2";
    private static final String LIST =
            COLUMNS + "WHERE o.id > $2 AND ($3::bigint IS NULL OR o.tenant_id = $3) ORDER BY o.id LIMIT $4";

    private OrganisationStore() {}

    static Future<Long> insert(SqlClient sql, long tenantId, String platform, String corpId, String name) {
        return Rows.one(sql, INSERT, Tuple.of(tenantId, platform, corpId, name), "tenant")
                .map(row -> row.getLong("id"));
    }

    static Future<Void> putProfile(SqlClient sql, long organisationId, LocalDate effectiveFrom, String profile) {
        return sql.preparedQuery(PUT_PROFILE)
                .execute(Tuple.of(organisationId, effectiveFrom, profile))
                .mapEmpty();
    }

    static Future<Void> rename(SqlClient sql, long id, String name) {
        return Rows.one(sql, RENAME, Tuple.of(id, name), "organisation").mapEmpty();
    }

    static Future<JsonObject> get(SqlClient sql, LocalDate today, long id) {
        return Rows.one(sql, GET, Tuple.of(today, id), "organisation").map(OrganisationStore::json);
    }

    static Future<JsonObject> list(SqlClient sql, LocalDate today, Long tenantId, Page page) {
        return sql.preparedQuery(LIST)
                .execute(Tuple.of(today, page.afterId(0), tenantId, page.fetched()))
                .map(rows -> page.reply(rows, OrganisationStore::json, row -> row.getLong("id")));
    }

    private static JsonObject json(Row row) {
        JsonArray profiles = row.getJsonArray("profiles");
        return new JsonObject()
                .put("id", row.getLong("id"))
                .put("tenantId", row.getLong("tenant_id"))
                .put("platform", row.getString("platform"))
                .put("corpId", row.getString("corp_id"))
                .put("name", row.getString("name"))
                .put("profileInForce", row.getString("profile_in_force"))
                .put("profiles", profiles == null ? new JsonArray() : profiles)
                .put("createdAt", Rows.moment(row, "created_at"));
    }
}
