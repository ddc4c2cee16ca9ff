package dev.sluice.admin.http;

import dev.sluice.engine.http.Fault;
import dev.sluice.engine.http.ProblemException;
import dev.sluice.engine.http.ProblemType;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The one way to change anything: a transaction that also holds the audit row, so that nothing is changed without a trace. Nodes learn of changes of the
 * directory by the triggers on its tables.
 */
public final class Changes {
    private static final String AUDIT = "INSERT INTO audit (actor, action, target, detail) VALUES ($1, $2, $3, $4)";

    private static final String UNIQUE_VIOLATION = "23505";

    /** What may exist only once, by the constraint that keeps it so: the field to change, and how. Whose the other one is stays unsaid. */
    private static final Map<String, Fault> ONCE = Map.of(
            "tenant_name_key",
            new Fault("/name", "There is a tenant of this name already."),
            "channel_tenant_id_name_key",
            new Fault("/name", "This tenant has a channel of this name already."),
            "organisation_corp_once",
            new Fault(
                    "/corpId",
                    "This corp is an organisation of this installation already, and its month and its limits can be kept only once:"
                            + " add the channel to that organisation, or check the corpId."),
            "app_key_once",
            new Fault(
                    "/appKey",
                    "An app with this appKey is in this installation already, and its limits can be kept only once:"
                            + " add the channel to its organisation, or make another app at the platform."),
            "app_webhook_token_once",
            new Fault(
                    "",
                    "A webhook robot with this accessToken is in this installation already, and its messages a minute can be kept only once:"
                            + " send through its channel, or make another robot in the group."),
            "app_organisation_id_app_key_key",
            new Fault("/appKey", "Another request has just made this app: repeat yours without its secrets."));

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
        Fault fault = failure instanceof PgException refused && UNIQUE_VIOLATION.equals(refused.getSqlState())
                ? ONCE.get(refused.getConstraint())
                : null;
        return fault == null
                ? failure
                : new ProblemException(
                        ProblemType.STATE_CONFLICT, fault.detail(), List.of(fault), ProblemException.NO_RETRY);
    }
}
