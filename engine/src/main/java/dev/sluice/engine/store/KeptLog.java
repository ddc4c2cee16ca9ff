package dev.sluice.engine.store;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import java.util.Optional;

/**
 * Whether Postgres keeps the files of its write-ahead log and writes over them. Where it has to make new ones while it is busy, every commit waits for each of
 * them, some 50 ms, and with it every 202.
 */
public final class KeptLog {
    private static final String MEGABYTES = """
            SELECT kept.setting::bigint AS kept, most.setting::bigint AS most FROM pg_settings kept, pg_settings most
            WHERE kept.name = 'min_wal_size' AND most.name = 'max_wal_size'
            """;

    private KeptLog() {}

    /** What to change, as a sentence for people; empty where all files are kept, and where a server has no such settings. */
    public static Future<Optional<String>> advice(SqlClient postgres) {
        return postgres.query(MEGABYTES)
                .execute()
                .map(rows ->
                        rows.stream().findFirst().flatMap(row -> advice(row.getLong("kept"), row.getLong("most"))));
    }

    static Optional<String> advice(long keptMegabytes, long mostMegabytes) {
        return keptMegabytes >= mostMegabytes
                ? Optional.empty()
                : Optional.of(
                        "Postgres keeps %d MB of its log (min_wal_size) of the %d MB that it may use (max_wal_size); while it makes the rest, commits wait. Set min_wal_size to %dMB."
                                .formatted(keptMegabytes, mostMegabytes, mostMegabytes));
    }
}
