package dev.sluice.admin.app;

import dev.sluice.engine.secret.AppSecrets;
import dev.sluice.engine.secret.SecretUnreadable;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;

/**
 * Seals the secrets of all apps with the newest master key, a page of apps in each transaction, so that the older keys may go. What does not open stays as it is.
 * Harmless more than once, and beside nodes.
 */
public final class Resealing {
    private static final int PAGE = 200;

    private static final String APPS =
            "SELECT id, tenant_id, secrets_cipher FROM app WHERE id > $1 ORDER BY id LIMIT " + PAGE + " FOR UPDATE";
    private static final String RESEAL = "UPDATE app SET secrets_cipher = $2 WHERE id = $1";
    private static final String AUDIT =
            "INSERT INTO audit (actor, action, target) VALUES ('command line', 'app.reseal', 'app ' || $1::bigint)";

    private final Pool pool;
    private final AppSecrets secrets;

    /**
     * What came of it.
     *
     * @param resealed how many apps were sealed anew
     * @param unreadable the ids of those whose secrets do not open with any key that is there
     */
    public record Outcome(int resealed, List<Long> unreadable) {}

    /**
     * @param pool lent
     * @param secrets sealed and opened with every key that may be needed
     */
    public Resealing(Pool pool, AppSecrets secrets) {
        this.pool = pool;
        this.secrets = secrets;
    }

    /** All apps. */
    public Future<Outcome> run() {
        return pagesAfter(0, 0, new ArrayList<>());
    }

    private Future<Outcome> pagesAfter(long appId, int resealed, List<Long> unreadable) {
        return pool.withTransaction(sql -> page(sql, appId, unreadable))
                .compose(page -> page.lastApp() == 0
                        ? Future.succeededFuture(new Outcome(resealed, List.copyOf(unreadable)))
                        : pagesAfter(page.lastApp(), resealed + page.resealed(), unreadable));
    }

    private record Done(long lastApp, int resealed) {}

    private Future<Done> page(SqlConnection sql, long after, List<Long> unreadable) {
        return sql.preparedQuery(APPS).execute(Tuple.of(after)).compose(apps -> {
            List<Tuple> anew = anew(apps, unreadable);
            long last = 0;
            for (Row app : apps) {
                last = app.getLong("id");
            }
            Done done = new Done(last, anew.size());
            return anew.isEmpty()
                    ? Future.succeededFuture(done)
                    : write(sql, anew).map(done);
        });
    }

    private List<Tuple> anew(RowSet<Row> apps, List<Long> unreadable) {
        List<Tuple> anew = new ArrayList<>();
        for (Row app : apps) {
            long id = app.getLong("id");
            try {
                secrets.reseal(
                                app.getLong("tenant_id"),
                                id,
                                app.getBuffer("secrets_cipher").getBytes())
                        .ifPresent(cipher -> anew.add(Tuple.of(id, Buffer.buffer(cipher))));
            } catch (SecretUnreadable sealedWithAnother) {
                unreadable.add(id);
            }
        }
        return anew;
    }

    private static Future<Void> write(SqlConnection sql, List<Tuple> anew) {
        List<Tuple> ids = anew.stream().map(app -> Tuple.of(app.getLong(0))).toList();
        return sql.preparedQuery(RESEAL)
                .executeBatch(anew)
                .compose(written -> sql.preparedQuery(AUDIT).executeBatch(ids))
                .mapEmpty();
    }
}
