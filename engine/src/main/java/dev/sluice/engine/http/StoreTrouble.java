package dev.sluice.engine.http;

import io.vertx.sqlclient.ClosedConnectionException;
import io.vertx.sqlclient.DatabaseException;
import java.io.IOException;
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
            // The pool answers with plain exceptions when its queue is full or slow; they have no type of their own.
            default ->
                String.valueOf(failure.getMessage()).matches("(?s).*(queue|Timeout waiting for connection).*")
                        || failure.getClass().getSimpleName().contains("ClosedException");
        };
    }

    /**
     * Connection exception, insufficient resources, operator intervention (which covers a statement timeout), lock not available, rollbacks, and a server that only
     * reads just now: a standby, or one whose host lets nobody write while its disk is full.
     */
    private static boolean temporary(String sqlState) {
        return sqlState != null && sqlState.matches("(08|53|57|40).{3}|55P03|25006");
    }
}
