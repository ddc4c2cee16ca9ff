package dev.sluice.engine.auth;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

/** The table {@code api_key}. */
public final class ApiKeyStore {
    private static final String FIND = """
            SELECT id, coalesce(tenant_id, 0) AS tenant_id, scope, secret_sha256, expires_at, revoked_at
            FROM api_key WHERE id = $1
            """;

    private static final String INSERT = """
            INSERT INTO api_key (id, tenant_id, scope, label, secret_sha256, expires_at) VALUES ($1, $2, $3, $4, $5, $6)
            """;

    private static final String REVOKE = """
            UPDATE api_key SET revoked_at = now() WHERE id = $1 AND revoked_at IS NULL
            """;

    private final SqlClient sql;

    public ApiKeyStore(SqlClient sql) {
        this.sql = sql;
    }

    /** Keeps a new send key's hash; {@code expiresAt} may be null. */
    public Future<Void> insertSendKey(ApiKey key, long tenantId, String label, Instant expiresAt) {
        return insert(key, tenantId, KeyScope.SEND, label, expiresAt);
    }

    /** Keeps a new admin key's hash; {@code expiresAt} may be null. */
    public Future<Void> insertAdminKey(ApiKey key, String label, Instant expiresAt) {
        return insert(key, null, KeyScope.ADMIN, label, expiresAt);
    }

    /** Ends a key; every node refuses it within {@link ApiKeys#REMEMBERED_MILLIS}. False when there is none or it has ended before. */
    public Future<Boolean> revoke(String keyId) {
        return sql.preparedQuery(REVOKE).execute(Tuple.of(keyId)).map(rows -> rows.rowCount() == 1);
    }

    Future<Optional<StoredKey>> find(String keyId) {
        return sql.preparedQuery(FIND)
                .mapping(ApiKeyStore::storedKey)
                .execute(Tuple.of(keyId))
                .map(rows -> rows.stream().findFirst());
    }

    private Future<Void> insert(ApiKey key, Long tenantId, KeyScope scope, String label, Instant expiresAt) {
        OffsetDateTime end = expiresAt == null ? null : expiresAt.atOffset(ZoneOffset.UTC);
        Buffer hash = Buffer.buffer(key.secretSha256());
        return sql.preparedQuery(INSERT)
                .execute(Tuple.of(key.id(), tenantId, scope.wireName(), label, hash, end))
                .mapEmpty();
    }

    private static StoredKey storedKey(Row row) {
        return new StoredKey(
                new Principal(
                        row.getString("id"), row.getLong("tenant_id"), KeyScope.ofWireName(row.getString("scope"))),
                row.getBuffer("secret_sha256"),
                instant(row.getOffsetDateTime("expires_at")),
                instant(row.getOffsetDateTime("revoked_at")));
    }

    private static Instant instant(OffsetDateTime at) {
        return at == null ? null : at.toInstant();
    }
}
