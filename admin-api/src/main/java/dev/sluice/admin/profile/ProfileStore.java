package dev.sluice.admin.profile;

import dev.sluice.admin.http.Rows;
import dev.sluice.engine.http.ProblemException;
import dev.sluice.engine.model.Limits;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The table {@code limit_profile}. */
public final class ProfileStore {
    private static final String LIST = """
            SELECT n.profile, f.limits FROM (SELECT DISTINCT profile FROM limit_profile) n
            LEFT JOIN LATERAL (
              SELECT jsonb_object_agg(limit_name, limit_value) FILTER (WHERE limit_value IS NOT NULL) AS limits FROM (
                SELECT DISTINCT ON (limit_name) limit_name, limit_value FROM limit_profile
                WHERE profile = n.profile AND effective_from <= $1 ORDER BY limit_name, effective_from DESC) inforce
            ) f ON true
            WHERE n.profile > $2 ORDER BY n.profile LIMIT $3
            """;

    private static final String ROWS = """
            SELECT effective_from, limit_name, limit_value, source FROM limit_profile
            WHERE profile = $1 ORDER BY effective_from DESC, limit_name LIMIT 1000
            """;

    private static final String EXISTS = "SELECT 1 FROM limit_profile WHERE profile = $1 LIMIT 1";

    private static final String PUT = """
            INSERT INTO limit_profile (profile, effective_from, limit_name, limit_value, source)
            SELECT $1, $2, name, value, $5 FROM unnest($3::text[], $4::bigint[]) AS l (name, value)
            ON CONFLICT (profile, limit_name, effective_from) DO UPDATE SET limit_value = excluded.limit_value, source = excluded.source
            """;

    private static final String DELETE = "DELETE FROM limit_profile WHERE profile = $1 AND effective_from = $2";

    private ProfileStore() {}

    static Future<RowSet<Row>> list(SqlClient sql, LocalDate today, String after, int limit) {
        return sql.preparedQuery(LIST).execute(Tuple.of(today, after, limit));
    }

    /** All dated rows of a profile, newest first. */
    static Future<JsonObject> rows(SqlClient sql, String profile) {
        return sql.preparedQuery(ROWS).execute(Tuple.of(profile)).map(rows -> {
            if (rows.size() == 0) {
                throw ProblemException.notFound("limit profile");
            }
            JsonArray dated = new JsonArray();
            for (Row row : rows) {
                dated.add(new JsonObject()
                        .put("effectiveFrom", Rows.day(row, "effective_from"))
                        .put("name", row.getString("limit_name"))
                        .put("value", row.getLong("limit_value"))
                        .put("source", row.getString("source")));
            }
            return new JsonObject().put("profile", profile).put("limits", dated);
        });
    }

    /** Whether organisations may have it. */
    public static Future<Boolean> exists(SqlClient sql, String profile) {
        return profile.equals(Limits.UNLIMITED_PROFILE)
                ? Future.succeededFuture(true)
                : sql.preparedQuery(EXISTS).execute(Tuple.of(profile)).map(rows -> rows.size() == 1);
    }

    static Future<Void> put(
            SqlClient sql, String profile, LocalDate effectiveFrom, Map<String, Long> limits, String source) {
        List<Map.Entry<String, Long>> entries = List.copyOf(new TreeMap<>(limits).entrySet());
        String[] names = entries.stream().map(Map.Entry::getKey).toArray(String[]::new);
        Long[] values = entries.stream().map(Map.Entry::getValue).toArray(Long[]::new);
        return sql.preparedQuery(PUT)
                .execute(Tuple.of(profile, effectiveFrom, names, values, source))
                .mapEmpty();
    }

    static Future<Integer> delete(SqlClient sql, String profile, LocalDate effectiveFrom) {
        return sql.preparedQuery(DELETE)
                .execute(Tuple.of(profile, effectiveFrom))
                .map(RowSet::rowCount);
    }
}
