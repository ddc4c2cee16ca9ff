package dev.sluice.loadtest.load.sampling;

import dev.sluice.engine.model.SubmissionState;
import dev.sluice.engine.scheduling.status.RedisLaneStatusBoard;
import dev.sluice.loadtest.client.Patience;
import dev.sluice.loadtest.load.stage.LoadStage;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the stores say about waiting and settled people. Blocks, not for long: whoever samples goes on with what was known. */
final class Rows {
    private static final long PATIENCE_SECONDS = 3;
    /** Lanes asked at once for what holds them; of more, those that were asked longest ago. */
    private static final int LANES = 1_000;

    /** Of a draft some are suppressed already, but nobody was accepted. */
    private static final String SETTLED = """
            SELECT coalesce(sum(sent + delivered + failed + suppressed + expired + cancelled + in_doubt), 0)::bigint FROM submission WHERE state <> %d
            """.formatted(SubmissionState.DRAFT.code());

    private static final String WAITING = """
            SELECT channel_id, sum(total - sent - delivered - failed - suppressed - expired - cancelled - in_doubt)::bigint AS people
            FROM submission WHERE state IN (1, 3) GROUP BY channel_id HAVING
              sum(total - sent - delivered - failed - suppressed - expired - cancelled - in_doubt) > 0 ORDER BY people DESC
            """;
    private static final String SIZE = "SELECT pg_database_size(current_database())";

    private final LoadStage stage;
    private final RedisLaneStatusBoard board;
    private final WaitingReasons reasons = new WaitingReasons();

    Rows(LoadStage stage) {
        this.stage = stage;
        this.board = new RedisLaneStatusBoard(stage.redis());
    }

    long settled() {
        return number(SETTLED);
    }

    long bytes() {
        return number(SIZE);
    }

    private long number(String sql) {
        return Patience.await(stage.pool().query(sql).execute(), PATIENCE_SECONDS)
                .iterator()
                .next()
                .getLong(0);
    }

    /** People who wait, by what holds their lane. */
    Map<String, Long> waitingByGate() {
        Map<Long, Long> waiting = new LinkedHashMap<>();
        for (Row row : Patience.await(stage.pool().preparedQuery(WAITING).execute(Tuple.tuple()), PATIENCE_SECONDS)) {
            waiting.put(row.getLong(0), row.getLong(1));
        }
        reasons.ask(waiting.keySet(), LANES, channels -> Patience.await(board.read(channels), PATIENCE_SECONDS));
        Map<String, Long> byGate = new HashMap<>();
        waiting.forEach((channel, people) -> byGate.merge(reasons.of(channel), people, Long::sum));
        return byGate;
    }
}
