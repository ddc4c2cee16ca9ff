package dev.sluice.engine.store;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;

/** Refuses a Postgres that forgets what it has confirmed: 202 is a promise, and a server with one of these switches off cannot keep it. */
public final class DurableCommits {
    private static final String SETTINGS = """
            SELECT name, setting FROM pg_settings
            WHERE name IN ('fsync', 'full_page_writes', 'synchronous_commit') AND setting = 'off'
            """;

    private DurableCommits() {}

    /** Fails, naming the switches, when one is off. */
    public static Future<Void> check(SqlClient postgres) {
        return postgres.query(SETTINGS).execute().compose(rows -> {
            StringBuilder off = new StringBuilder();
            for (Row row : rows) {
                off.append(off.isEmpty() ? "" : ", ").append(row.getString("name"));
            }
            return off.isEmpty()
                    ? Future.succeededFuture()
                    : Future.failedFuture(new IllegalStateException(
                            "Postgres may lose confirmed messages, because these are off: %s. Turn them on in its configuration."
                                    .formatted(off)));
        });
    }
}
