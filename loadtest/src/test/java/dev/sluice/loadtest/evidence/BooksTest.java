package dev.sluice.loadtest.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.sluice.engine.model.IdSequence;
import dev.sluice.engine.testkit.PostgresExtension;
import dev.sluice.engine.testkit.TestDatabase;
import dev.sluice.engine.time.EngineClock;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith({VertxExtension.class, PostgresExtension.class})
class BooksTest {
    private final long withDeadline = IdSequence.floorAt(Instant.now());
    private final long without = withDeadline + 1;

    /** Whoever reads the rows long after the run finds every deadline over. */
    @Test
    void whoWasGivenUpBeforeTheDeadlineIsNotLate(Vertx vertx, TestDatabase database) {
        database.execute("""
                INSERT INTO submission (tenant_id, id, channel_id, priority, state, content, content_hash, total, deliver_by)
                VALUES (1, %1$d, 1, 2, 4, '{}', gen_random_uuid(), 3, '2026-01-01 12:00:00Z'), (1, %2$d, 1, 2, 4, '{}', gen_random_uuid(), 1, NULL);
                INSERT INTO delivery (tenant_id, submission_id, ordinal, channel_id, recipient, state, disposition, settled_at)
                VALUES (1, %1$d, 0, 1, 'in time', 5, 11, '2026-01-01 12:00:00Z'), (1, %1$d, 1, 1, 'too soon', 5, 11, '2026-01-01 11:59:59.999Z'),
                  (1, %1$d, 2, 1, 'waiting', 0, NULL, NULL), (1, %2$d, 0, 1, 'never', 5, 11, '2026-01-01 12:00:00Z')
                """.formatted(withDeadline, without));

        assertThat(new Books(database.pool(vertx), EngineClock.system()).deliveries(1))
                .extracting(Books.Delivery::recipient, Books.Delivery::late)
                .containsExactlyInAnyOrder(
                        tuple("in time", true),
                        tuple("too soon", false),
                        tuple("waiting", false),
                        tuple("never", false));
    }
}
