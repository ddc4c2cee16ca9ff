package dev.sluice.loadtest.load.sampling;

import dev.sluice.engine.model.DeliveryState;
import dev.sluice.loadtest.client.Patience;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Compares the counters of submissions that are under way with their deliveries. Blocks, not for long; for one thread. */
final class Counters {
    private static final long PATIENCE_SECONDS = 3;
    /** Ten of the largest take some 50 ms of the Postgres that is measured, which most scenarios do not have at a time. */
    private static final int MOST_SUBMISSIONS = 10;

    private static final int MOST_PEOPLE = 10_000;

    /** One statement, so one snapshot. Those of which somebody is settled come first: most of the others only wait. */
    private static final String LOOK = """
            WITH looked AS MATERIALIZED (
              SELECT tenant_id, id, total, ARRAY[sent, delivered, failed, suppressed, expired, cancelled, in_doubt] AS counted
              FROM submission WHERE state IN (1, 3) AND total <= %d
              ORDER BY sent + delivered + failed + suppressed + expired + cancelled + in_doubt = 0, random() LIMIT %d
            )
            SELECT count(*), count(*) FILTER (WHERE (r.people, r.counted) IS DISTINCT FROM (l.total, l.counted))
            FROM looked l CROSS JOIN LATERAL (
              SELECT count(*)::integer AS people, ARRAY[%s] AS counted
              FROM delivery d WHERE d.tenant_id = l.tenant_id AND d.submission_id = l.id
            ) r
            """.formatted(MOST_PEOPLE, MOST_SUBMISSIONS, inEachSettledState());

    private final Pool pool;
    private long compared;
    private long differing;

    Counters(Pool pool) {
        this.pool = pool;
    }

    /** In the order of the states, as the counters stand. */
    private static String inEachSettledState() {
        return Arrays.stream(DeliveryState.values())
                .filter(DeliveryState::settled)
                .map(state -> "(count(*) FILTER (WHERE d.state = %d))::integer".formatted(state.code()))
                .collect(Collectors.joining(", "));
    }

    /** Compares some more. */
    void look() {
        Row row = Patience.await(pool.query(LOOK).execute(), PATIENCE_SECONDS)
                .iterator()
                .next();
        compared += row.getLong(0);
        differing += row.getLong(1);
    }

    /** Submissions compared so far, each as often as it was. */
    long compared() {
        return compared;
    }

    /** How often the two were not the same. */
    long differing() {
        return differing;
    }
}
