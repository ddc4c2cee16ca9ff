package dev.sluice.admin.key;

import dev.sluice.engine.auth.ApiKey;
import dev.sluice.engine.auth.ApiKeyStore;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Makes admin keys without one: the first at first start, more for whoever has the machine (the command line). */
public final class AdminKeys {
    /** Of what a key is called. */
    public static final int MOST_LABEL_CHARS = 100;

    /** Whoever makes the first admin key, or ends one. */
    static final String ONE_AT_A_TIME = "SELECT pg_advisory_xact_lock(7240118, 2)";

    private static final String ANY = "SELECT 1 FROM api_key WHERE scope = 'admin' LIMIT 1";
    private static final String AUDIT =
            "INSERT INTO audit (actor, action, target, detail) VALUES ($1, 'key.create-admin', $2, $3)";

    private final Pool pool;
    private final RandomGenerator random;

    /**
     * @param pool lent
     * @param random cryptographically strong
     */
    public AdminKeys(Pool pool, RandomGenerator random) {
        this.pool = pool;
        this.random = random;
    }

    /** The first admin key of this installation, to be shown once; empty when there was one before, in force or not. Any number of nodes may ask at once. */
    public Future<Optional<ApiKey>> first() {
        return pool.withTransaction(sql -> sql.query(ONE_AT_A_TIME)
                .execute()
                .compose(locked -> sql.query(ANY).execute())
                .compose(rows -> rows.size() > 0
                        ? Future.succeededFuture(Optional.empty())
                        : store(sql, "first start", "first start").map(Optional::of)));
    }

    /** A further admin key, for somebody at the command line. */
    public Future<ApiKey> create(String label) {
        return pool.withTransaction(sql -> store(sql, "command line", label));
    }

    private Future<ApiKey> store(SqlConnection sql, String actor, String label) {
        ApiKey key = ApiKey.generate(random);
        return new ApiKeyStore(sql)
                .insertAdminKey(key, label, null)
                .compose(stored -> sql.preparedQuery(AUDIT)
                        .execute(Tuple.of(actor, "key " + key.id(), new JsonObject().put("label", label))))
                .map(key);
    }
}
