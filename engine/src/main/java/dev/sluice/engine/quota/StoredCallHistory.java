package dev.sluice.engine.quota;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Reads the calls of a scope that may still count at the platform. An answered call counts for one window after its answer; one that is open, or was given
 * up without an answer, for the whole hold after its intent; one that provably never left not at all.
 *
 * <p>Ages are told by the clock of Postgres alone. Ids are made by the clocks of nodes, so they only narrow the search, with ten minutes to spare.
 */
public final class StoredCallHistory implements CallHistory {
    private static final String HELD_CALLS = """
            SELECT id, units, ceil(extract(epoch FROM free_at - clock_timestamp()) * 1000000)::bigint AS free_after_micros
            FROM (
              SELECT id, CASE WHEN $3 THEN cardinality(submission_ids) ELSE 1 END AS units,
                CASE WHEN state IN (0, 7, 9) THEN intent_at + $4::bigint * interval '1 microsecond'
                     ELSE least(intent_at + $4::bigint * interval '1 microsecond', answered_at + $5::bigint * interval '1 microsecond') END AS free_at
              FROM call
              WHERE {scope} AND ($2 = '' OR api = $2) AND state <> 8
                AND id >= sluice_id_floor(clock_timestamp() - $4::bigint * interval '1 microsecond' - interval '10 minutes')
            ) c
            WHERE free_at > clock_timestamp() AND units > 0
            ORDER BY free_at DESC LIMIT $6
            """;

    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final Pool pool;
    private final SlotTiming timing;

    /**
     * @param pool Postgres
     * @param timing how long calls count
     */
    public StoredCallHistory(Pool pool, SlotTiming timing) {
        this.pool = pool;
        this.timing = timing;
    }

    @Override
    public Future<List<HeldSlot>> heldAt(SlotGate gate) {
        String api = gate.name().substring(gate.name().indexOf(':') + 1);
        Tuple parameters = Tuple.of(
                GateScope.id(gate.scope()),
                gate.name().contains(":") ? api : "",
                gate.countsPeople(),
                timing.holdMicros(gate),
                timing.windowMicros(gate),
                gate.capacity());
        return pool.preparedQuery(HELD_CALLS.replace("{scope}", GateScope.condition(gate.scope())))
                .execute(parameters)
                .timeout(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
                .map(rows -> {
                    List<HeldSlot> held = new ArrayList<>(rows.size());
                    rows.forEach(row ->
                            held.add(new HeldSlot(Long.toString(row.getLong(0)), row.getLong(1), row.getLong(2))));
                    return held;
                });
    }
}
