package dev.sluice.engine.quota;

import dev.sluice.engine.store.Columns;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Reads the calls of scopes that may still count at the platform. An answered call counts for one window after its answer; one that is open, or was given
 * up without an answer, for the whole hold after its intent; one that provably never left not at all.
 *
 * <p>Ages are told by the clock of Postgres alone. Ids are made by the clocks of nodes, so they only narrow the search, with ten minutes to spare; from one bound for
 * all gates, known before the search begins, or no index could narrow it.
 */
public final class StoredCallHistory implements CallHistory {
    /** Calls of a gate that are read at least: its limit may have been lowered a moment ago and be raised again in the next. */
    private static final int LEAST_READ = 10_000;

    private static final String HELD_CALLS = """
            SELECT g.gate, h.id, h.units, h.free_after_micros
            FROM unnest($1::bigint[], $2::text[], $3::boolean[], $4::bigint[], $5::bigint[], $6::bigint[])
              WITH ORDINALITY AS g (scope_id, api, counts_people, hold_micros, window_micros, capacity, gate)
            CROSS JOIN LATERAL (
              SELECT id, units, ceil(extract(epoch FROM free_at - clock_timestamp()) * 1000000)::bigint AS free_after_micros
              FROM (
                SELECT id, CASE WHEN g.counts_people THEN cardinality(submission_ids) ELSE 1 END AS units,
                  CASE WHEN state IN (0, 7, 9) THEN intent_at + g.hold_micros * interval '1 microsecond'
                       ELSE least(intent_at + g.hold_micros * interval '1 microsecond',
                                  answered_at + g.window_micros * interval '1 microsecond') END AS free_at
                FROM call
                WHERE {scope} AND (g.api = '' OR call.api = g.api) AND state <> 8
                  AND id >= sluice_id_floor(now() - $7::bigint * interval '1 microsecond' - interval '10 minutes')
              ) c
              WHERE free_at > clock_timestamp() AND units > 0
              ORDER BY free_at DESC LIMIT greatest(g.capacity, %d)
            ) h
            """.formatted(LEAST_READ);

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
    public Future<Map<SlotGate, List<HeldSlot>>> heldAt(List<SlotGate> gates) {
        Map<String, List<SlotGate>> kinds =
                gates.stream().collect(Collectors.groupingBy(gate -> GateScope.kind(gate.scope())));
        List<Future<Map<SlotGate, List<HeldSlot>>>> answers =
                kinds.values().stream().map(this::ofOneKind).toList();
        return Future.all(answers).map(all -> {
            Map<SlotGate, List<HeldSlot>> held = new HashMap<>();
            answers.forEach(answer -> held.putAll(answer.result()));
            return held;
        });
    }

    private Future<Map<SlotGate, List<HeldSlot>>> ofOneKind(List<SlotGate> gates) {
        String condition = GateScope.condition(gates.get(0).scope(), "g.scope_id");
        Columns<SlotGate> columns = new Columns<>(gates);
        long longestHoldMicros =
                gates.stream().mapToLong(timing::holdMicros).max().orElseThrow();
        Tuple parameters = Tuple.from(List.of(
                columns.longs(gate -> GateScope.id(gate.scope())),
                columns.texts(StoredCallHistory::api),
                columns.of(Boolean[]::new, SlotGate::countsPeople),
                columns.longs(timing::holdMicros),
                columns.longs(timing::windowMicros),
                columns.longs(SlotGate::capacity),
                longestHoldMicros));
        return pool.preparedQuery(HELD_CALLS.replace("{scope}", condition))
                .execute(parameters)
                .timeout(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
                .map(rows -> byGate(gates, rows));
    }

    private static Map<SlotGate, List<HeldSlot>> byGate(List<SlotGate> gates, RowSet<Row> rows) {
        Map<SlotGate, List<HeldSlot>> held = new HashMap<>();
        for (Row row : rows) {
            held.computeIfAbsent(gates.get(row.getInteger(0) - 1), gate -> new ArrayList<>())
                    .add(new HeldSlot(Long.toString(row.getLong(1)), row.getLong(2), row.getLong(3)));
        }
        return held;
    }

    private static String api(SlotGate gate) {
        int colon = gate.name().indexOf(':');
        return colon < 0 ? "" : gate.name().substring(colon + 1);
    }
}
