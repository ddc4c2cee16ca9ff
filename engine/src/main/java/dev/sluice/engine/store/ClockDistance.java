package dev.sluice.engine.store;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * How far the clock of this node and that of Postgres are apart. Days, months and ids go by the node's, leases by that of Postgres, and calls are kept away from
 * midnight on the assumption that no clock errs by more than a second.
 */
public final class ClockDistance {
    private static final long MOST_MILLIS = 1_000;
    private static final String NOW = "SELECT (extract(epoch FROM clock_timestamp()) * 1000)::bigint AS millis";

    private ClockDistance() {}

    /**
     * What to change, as a sentence for people; empty where the two may be one.
     *
     * @param wallMillis the node's clock, milliseconds since 1970
     */
    public static Future<Optional<String>> advice(SqlClient postgres, LongSupplier wallMillis) {
        long askedMillis = wallMillis.getAsLong();
        return postgres.query(NOW)
                .execute()
                .map(rows -> advice(askedMillis, rows.iterator().next().getLong("millis"), wallMillis.getAsLong()));
    }

    /** Postgres looked at its clock at some moment between the question and the answer. */
    private static Optional<String> advice(long askedMillis, long postgresMillis, long answeredMillis) {
        if (askedMillis - postgresMillis > MOST_MILLIS) {
            return Optional.of(sentence(askedMillis - postgresMillis, "ahead of"));
        }
        return postgresMillis - answeredMillis > MOST_MILLIS
                ? Optional.of(sentence(postgresMillis - answeredMillis, "behind"))
                : Optional.empty();
    }

    private static String sentence(long millis, String way) {
        return "The clock of this node is %d ms %s that of Postgres. Days, months and ids go by it, and limits of a day or a month can be passed around midnight: set both clocks by a time server."
                .formatted(millis, way);
    }
}
