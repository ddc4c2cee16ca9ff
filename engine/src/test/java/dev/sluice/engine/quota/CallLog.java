package dev.sluice.engine.quota;

import dev.sluice.engine.model.IdSequence;
import dev.sluice.engine.testkit.TestDatabase;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;

/** Call rows as the sender writes them. */
final class CallLog {
    private static final String INTENT = """
            INSERT INTO call (tenant_id, id, app_id, channel_id, organisation_id, purpose, api, node, epoch, submission_ids, ordinals,
              budget_month, budget_pool, units)
            VALUES (1, $1, 12, 1, 1, 0, 'send', 'n1', 1, array_fill($1::bigint, ARRAY[$2::int]), array_fill(0, ARRAY[$2::int]), '2026-11-01', 'api', 1)
            """;
    private static final String CONCLUDE =
            "UPDATE call SET state = $2, answered_at = clock_timestamp() WHERE tenant_id = 1 AND id = $1";

    private final Pool pool;

    CallLog(Vertx vertx, TestDatabase database) {
        this.pool = database.pool(vertx);
    }

    Pool pool() {
        return pool;
    }

    long nextId(long sequence) {
        return IdSequence.floorAt(Instant.now()) + sequence % (1 << 22);
    }

    Future<Void> commit(Intent intent) {
        return pool.preparedQuery(INTENT)
                .execute(Tuple.of(intent.callId(), intent.people()))
                .mapEmpty();
    }

    Future<Void> answered(long callId) {
        return conclude(callId, 1);
    }

    Future<Void> neverLeft(long callId) {
        return conclude(callId, 8);
    }

    private Future<Void> conclude(long callId, int state) {
        return pool.preparedQuery(CONCLUDE).execute(Tuple.of(callId, state)).mapEmpty();
    }

    record Intent(long callId, int people) {}
}
