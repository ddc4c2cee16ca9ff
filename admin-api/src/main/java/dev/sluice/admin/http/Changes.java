package dev.sluice.admin.http;

import dev.sluice.engine.http.ProblemException;
import dev.sluice.engine.http.ProblemType;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.Map;
import java.util.function.Function;

/**
 * The one way to change anything: a transaction that also holds the audit row, so that nothing is changed without a trace. Nodes learn of changes of the
 * directory by the triggers on its tables.
 */
public final class Changes {
    private static final String AUDIT = "INSERT INTO audit (actor, action, target, detail) VALUES ($1, $2, $3, $4)";

    private static final String UNIQUE_VIOLATION = "23505";

    /** What to do where something exists once in the whole installation; whose it is stays unsaid. */
    private static final Map<String, String> ONCE = Map.of(
            "organisation_corp_once",
            "This corp is an organisation of this installation already, and its month and its limits can be kept only once:"
                    + " add the channel to that organisation, or check the corpId.",
            "app_key_once",
            "An app with this appKey is in this installation already, and its limits can be kept only once:"
                    + " add the channel to its organisation, or make another app at the platform.");

    private final Pool pool;

    public Changes(Pool pool) {
        this.pool = pool;
    }

    /** Commits the work and its audit row, or neither; answers with the work's reply. */
    public Future<JsonObject> commit(String actor, String action, Function<SqlConnection, Future<Changed>> work) {
        return pool.withTransaction(connection -> work.apply(connection)
                        .compose(changed -> connection
                                .preparedQuery(AUDIT)
                                .execute(Tuple.of(actor, action, changed.target(), changed.detail()))
                                .map(changed.reply())))
                .recover(failure -> Future.failedFuture(conflictOf(failure)));
    }

    private static Throwable conflictOf(Throwable failure) {
        if (failure instanceof PgException refused && UNIQUE_VIOLATION.equals(refused.getSqlState())) {
            String what = ONCE.getOrDefault(
                    refused.getConstraint(), "There is one already (" + refused.getConstraint() + ").");
            return new ProblemException(ProblemType.STATE_CONFLICT, what);
        }
        return failure;
    }
}
