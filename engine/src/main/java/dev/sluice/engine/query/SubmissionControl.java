package dev.sluice.engine.query;

import dev.sluice.engine.http.ProblemException;
import dev.sluice.engine.http.ProblemType;
import dev.sluice.engine.model.SubmissionState;
import dev.sluice.engine.scheduling.wake.WakeUps;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Moves submissions between states: a conditional update whose row count decides, then a word to the lane's owner. */
public final class SubmissionControl {
    private static final String MOVE = """
            UPDATE submission SET state = $4 WHERE tenant_id = $1 AND id = $2 AND state = ANY ($3) RETURNING channel_id
            """;

    /** Closes the people file in the same statement: after it no row is added, and a file without anybody to send to is not started. */
    private static final String START = """
            WITH moved AS (
              UPDATE submission SET state = $4 WHERE tenant_id = $1 AND id = $2 AND state = ANY ($3) AND total > suppressed
              RETURNING tenant_id, id, channel_id
            ), sealed AS (
              UPDATE campaign c SET sealed_at = now() FROM moved m WHERE c.tenant_id = m.tenant_id AND c.submission_id = m.id
            )
            SELECT channel_id FROM moved
            """;

    private static final String STATE = """
            SELECT state, total, suppressed FROM submission WHERE tenant_id = $1 AND id = $2
            """;

    private final SqlClient sql;
    private final WakeUps wakeUps;

    public SubmissionControl(SqlClient sql, WakeUps wakeUps) {
        this.sql = sql;
        this.wakeUps = wakeUps;
    }

    /** Asks for the end. Being asked twice is no fault. */
    public Future<Void> cancel(long tenantId, long id) {
        return move(MOVE, tenantId, id, SubmissionState.CANCELLING, allBefore(SubmissionState.CANCELLING));
    }

    /** Holds a running one. */
    public Future<Void> pause(long tenantId, long id) {
        return move(MOVE, tenantId, id, SubmissionState.PAUSED, allBefore(SubmissionState.PAUSED));
    }

    /** Goes on with a paused one. */
    public Future<Void> resume(long tenantId, long id) {
        return move(MOVE, tenantId, id, SubmissionState.RUNNING, List.of(SubmissionState.PAUSED));
    }

    /** Starts a draft. */
    public Future<Void> start(long tenantId, long id) {
        return move(START, tenantId, id, SubmissionState.RUNNING, List.of(SubmissionState.DRAFT));
    }

    private static List<SubmissionState> allBefore(SubmissionState next) {
        return Arrays.stream(SubmissionState.values())
                .filter(state -> state.next().contains(next))
                .toList();
    }

    private Future<Void> move(
            String statement, long tenantId, long id, SubmissionState next, List<SubmissionState> from) {
        Short[] codes = from.stream().map(SubmissionState::code).toArray(Short[]::new);
        return sql.preparedQuery(statement)
                .execute(Tuple.of(tenantId, id, codes, next.code()))
                .compose(moved -> moved.size() == 1 ? wake(moved) : explain(tenantId, id, next, from));
    }

    private Future<Void> wake(RowSet<Row> moved) {
        wakeUps.changed(List.of(moved.iterator().next().getLong(0)));
        return Future.succeededFuture();
    }

    private Future<Void> explain(long tenantId, long id, SubmissionState next, List<SubmissionState> from) {
        return sql.preparedQuery(STATE).execute(Tuple.of(tenantId, id)).compose(rows -> {
            if (rows.size() == 0) {
                return Future.failedFuture(ProblemException.notFound("message or campaign"));
            }
            SubmissionState state =
                    SubmissionState.ofCode(rows.iterator().next().getShort("state"));
            boolean doneBefore =
                    state == next || (next == SubmissionState.CANCELLING && state == SubmissionState.CANCELLED);
            if (doneBefore) {
                return Future.succeededFuture();
            }
            return Future.failedFuture(new ProblemException(
                    ProblemType.STATE_CONFLICT,
                    from.contains(state)
                            ? "It has nobody to send to yet."
                            : "It is " + state.name().toLowerCase(Locale.ROOT) + "."));
        });
    }
}
