package dev.sluice.engine.http;

import io.vertx.sqlclient.ClosedConnectionException;
import io.vertx.sqlclient.DatabaseException;
import java.io.IOException;
import java.net.ConnectException;
import java.util.concurrent.TimeoutException;

/** Tells a database that cannot be used just now from a fault of ours: the first is worth coming back for. */
public final class StoreTrouble {
    private StoreTrouble() {}

    /** Whether the failure says that the database was not reached, went away, or has no room for us. */
    public static boolean unreachable(Throwable failure) {
        return switch (failure) {
            case DatabaseException refused -> temporary(refused.getSqlState());
            case ClosedConnectionException closed -> true;
            case IOException broken -> true;
            case TimeoutException late -> true;
            // The client answers with plain exceptions when the pool's queue is full or slow, and for what it had not
            // sent when a connection ended.
            default ->
                String.valueOf(failure.getMessage())
                                .matches("(?s).*(queue|Timeout waiting for connection|connection has been closed).*")
                        || failure.getClass().getSimpleName().contains("ClosedException");
        };
    }

    /**
     * Of what the database did not say that it is done, whether it may be done all the same. Not where it was never reached, or rolled back with a word; an
     * administrator's stop may cut the word off.
     */
    public static boolean mayHaveCommitted(Throwable failure) {
        return switch (failure) {
            case ConnectException unreached -> false;
            case DatabaseException refused ->
                String.valueOf(refused.getSqlState()).matches("(08|57P).*");
            default -> true;
        };
    }

    /**
     * Connection exception, insufficient resources, operator intervention (which covers a statement timeout), lock not available, rollbacks, and a server that only
     * reads just now: a standby, or one whose host lets nobody write while its disk is full. What an operator has to mend is no fault of a request either: a
     * password, a database or privileges that are gone (so Postgres calls a file system that only reads, too), and errors of the system below Postgres.
     */
    private static boolean temporary(String sqlState) {
        return sqlState != null && sqlState.matches("(08|28|40|53|57|58).{3}|25006|3D000|42501|55P03");
    }
}
