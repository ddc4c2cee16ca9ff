package dev.sluice.loadtest.load.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.model.IdSequence;
import dev.sluice.engine.testkit.PostgresExtension;
import dev.sluice.engine.testkit.TestDatabase;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Submissions under way with one person in each state, counted as they are. */
@ExtendWith({VertxExtension.class, PostgresExtension.class})
class CountersTest {
    private final long firstId = IdSequence.floorAt(Instant.now());
    private TestDatabase database;
    private Counters counters;

    @BeforeEach
    void open(Vertx vertx, TestDatabase database) {
        this.database = database;
        this.counters = new Counters(database.pool(vertx));
    }

    @Test
    void countersThatAreTheirRowsDoNotDiffer() {
        submit(3);
        counters.look();
        counters.look();
        assertThat(counters.compared()).isEqualTo(6);
        assertThat(counters.differing()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE delivery SET state = 2 WHERE state = 1 AND submission_id = %d",
                "UPDATE delivery SET state = 7 WHERE state = 6 AND submission_id = %d",
                "UPDATE delivery SET state = 0, settled_at = NULL WHERE state = 3 AND submission_id = %d",
                "DELETE FROM delivery WHERE state = 0 AND submission_id = %d",
                "UPDATE submission SET total = total + 1 WHERE id = %d",
                "UPDATE submission SET expired = 0 WHERE id = %d"
            })
    void oneThatIsChangedByHandIsFoundAmongTheOthers(String change) {
        submit(3);
        database.execute(change.formatted(firstId + 1));
        counters.look();
        assertThat(counters.compared()).isEqualTo(3);
        assertThat(counters.differing()).isOne();
    }

    @Test
    void aLookIsBoundedAndLeavesOutWhatIsLargeOrOver() {
        submit(25);
        counters.look();
        assertThat(counters.compared()).isEqualTo(10);
        database.execute("UPDATE submission SET total = 10001");
        counters.look();
        database.execute("UPDATE submission SET total = 8, state = 4");
        counters.look();
        assertThat(counters.compared()).isEqualTo(10);
    }

    @Test
    void thoseOfWhichSomebodyIsSettledComeFirst() {
        submit(1_000);
        database.execute("""
                UPDATE delivery SET state = 0, settled_at = NULL WHERE submission_id > %1$d;
                UPDATE submission SET sent = 0, delivered = 0, failed = 0, suppressed = 0, expired = 0, cancelled = 0, in_doubt = 0 WHERE id > %1$d;
                UPDATE delivery SET state = 2 WHERE state = 1
                """.formatted(firstId));
        counters.look();
        assertThat(counters.compared()).isEqualTo(10);
        assertThat(counters.differing()).isOne();
    }

    private void submit(int submissions) {
        database.execute("""
                INSERT INTO submission (tenant_id, id, channel_id, priority, state, content, content_hash, total,
                                        sent, delivered, failed, suppressed, expired, cancelled, in_doubt)
                  SELECT 1, %1$d + n, 1, 2, 1, '{}', gen_random_uuid(), 8, 1, 1, 1, 1, 1, 1, 1 FROM generate_series(0, %2$d - 1) AS n;
                INSERT INTO delivery (tenant_id, submission_id, ordinal, channel_id, recipient, state, settled_at)
                  SELECT 1, %1$d + n, s, 1, 'p' || s, s, CASE WHEN s > 0 THEN now() END FROM generate_series(0, %2$d - 1) AS n, generate_series(0, 7) AS s
                """.formatted(firstId, submissions));
    }
}
