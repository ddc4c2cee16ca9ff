package dev.sluice.admin.key;

import dev.sluice.admin.http.Changed;
import dev.sluice.admin.http.Changes;
import dev.sluice.admin.http.Fields;
import dev.sluice.admin.http.Page;
import dev.sluice.admin.http.Request;
import dev.sluice.admin.http.Route;
import dev.sluice.admin.http.Rows;
import dev.sluice.engine.auth.ApiKey;
import dev.sluice.engine.auth.ApiKeyStore;
import dev.sluice.engine.http.ProblemException;
import dev.sluice.engine.http.ProblemType;
import dev.sluice.engine.time.EngineClock;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.List;
import java.util.random.RandomGenerator;

/** API keys: the whole key is in the answer to its creation and nowhere else, ever. */
public final class KeyRoutes {
    private static final String LIST = """
            SELECT id, tenant_id, scope, label, created_at, expires_at, revoked_at FROM api_key
            WHERE id > $1 AND ($2::bigint IS NULL OR tenant_id = $2) ORDER BY id LIMIT $3
            """;
    private static final String TENANT_EXISTS = "SELECT id FROM tenant WHERE id = $1";
    private static final String ADMIN_IN_FORCE =
            "SELECT 1 FROM api_key WHERE scope = 'admin' AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > now()) LIMIT 1";

    private final Pool pool;
    private final Changes changes;
    private final RandomGenerator random;
    private final EngineClock clock;

    /** @param random cryptographically strong */
    public KeyRoutes(Pool pool, Changes changes, RandomGenerator random, EngineClock clock) {
        this.pool = pool;
        this.changes = changes;
        this.random = random;
        this.clock = clock;
    }

    public List<Route> routes() {
        return List.of(
                Route.create("/v1/tenants/{tenantId}/keys", this::createSendKey),
                Route.create("/v1/admin-keys", this::createAdminKey),
                Route.get("/v1/keys", this::list),
                Route.remove("/v1/keys/{keyId}", this::revoke));
    }

    private Future<JsonObject> createSendKey(Request request) {
        long tenantId = request.id("tenantId");
        Wanted wanted = wanted(request);
        ApiKey key = ApiKey.generate(random);
        return changes.commit(
                request.actor(),
                "key.create",
                sql -> requireTenant(sql, tenantId)
                        .compose(exists ->
                                new ApiKeyStore(sql).insertSendKey(key, tenantId, wanted.label(), wanted.expiresAt()))
                        .map(stored -> created(key, wanted)));
    }

    private Future<JsonObject> createAdminKey(Request request) {
        Wanted wanted = wanted(request);
        ApiKey key = ApiKey.generate(random);
        return changes.commit(
                request.actor(),
                "key.create-admin",
                sql -> new ApiKeyStore(sql)
                        .insertAdminKey(key, wanted.label(), wanted.expiresAt())
                        .map(stored -> created(key, wanted)));
    }

    private Wanted wanted(Request request) {
        Fields body = request.body();
        String label = body.text("label", AdminKeys.MOST_LABEL_CHARS);
        Instant expiresAt = body.momentIfAny("expiresAt");
        if (expiresAt != null && !expiresAt.isAfter(clock.now())) {
            body.fault("expiresAt", "Must be in the future.");
        }
        body.check();
        return new Wanted(label, expiresAt);
    }

    private static Future<Void> requireTenant(SqlConnection sql, long tenantId) {
        return Rows.one(sql, TENANT_EXISTS, Tuple.of(tenantId), "tenant").mapEmpty();
    }

    private static Changed created(ApiKey key, Wanted wanted) {
        JsonObject traced = new JsonObject()
                .put("id", key.id())
                .put("label", wanted.label())
                .put("expiresAt", wanted.expiresAt());
        return new Changed("key " + key.id(), traced, traced.copy().put("key", key.reveal()));
    }

    private Future<JsonObject> list(Request request) {
        Page page = request.page("tenantId");
        return pool.preparedQuery(LIST)
                .execute(Tuple.of(page.after(), request.filterId("tenantId"), page.fetched()))
                .map(rows -> page.reply(rows, KeyRoutes::json, row -> row.getString("id")));
    }

    private Future<JsonObject> revoke(Request request) {
        String id = request.text("keyId");
        return changes.commit(
                request.actor(),
                "key.revoke",
                sql -> sql.query(AdminKeys.ONE_AT_A_TIME)
                        .execute()
                        .compose(locked -> new ApiKeyStore(sql).revoke(id))
                        .compose(revoked -> {
                            if (!revoked) {
                                throw ProblemException.notFound("key in force");
                            }
                            return requireAdmin(sql);
                        })
                        .map(others -> Changed.to("key " + id, new JsonObject().put("id", id))));
    }

    /** After the last one nobody could make another but at the machine. */
    private static Future<Void> requireAdmin(SqlConnection sql) {
        return sql.query(ADMIN_IN_FORCE)
                .execute()
                .compose(rows -> rows.size() > 0
                        ? Future.succeededFuture()
                        : Future.failedFuture(new ProblemException(
                                ProblemType.STATE_CONFLICT,
                                "This is the last admin key in force; make another one first.")));
    }

    private static JsonObject json(Row row) {
        return new JsonObject()
                .put("id", row.getString("id"))
                .put("tenantId", row.getLong("tenant_id"))
                .put("scope", row.getString("scope"))
                .put("label", row.getString("label"))
                .put("createdAt", Rows.moment(row, "created_at"))
                .put("expiresAt", Rows.moment(row, "expires_at"))
                .put("revokedAt", Rows.moment(row, "revoked_at"));
    }

    private record Wanted(String label, Instant expiresAt) {}
}
