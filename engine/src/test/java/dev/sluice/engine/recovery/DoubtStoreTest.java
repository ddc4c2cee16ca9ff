package dev.sluice.engine.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.model.IdSequence;
import dev.sluice.engine.recovery.DoubtStore.Question;
import dev.sluice.engine.recovery.DoubtfulCall.Traveller;
import dev.sluice.engine.testkit.PostgresExtension;
import dev.sluice.engine.testkit.TestDatabase;
import dev.sluice.engine.testkit.TestWaiting;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith({VertxExtension.class, PostgresExtension.class})
class DoubtStoreTest {
    private static final long APP = 1;
    private static final long CHANNEL = 7;

    /** Else whoever takes the app over sends the doubtful call to them too, beside the message that they wait for. */
    @Test
    void whomAPersonLetWaitAgainIsInTheDoubtfulCallNoMore(Vertx vertx, TestDatabase database) {
        long id = IdSequence.floorAt(Instant.now());
        database.execute("""
                INSERT INTO submission (tenant_id, id, channel_id, priority, state, content, content_hash, total, in_doubt)
                VALUES (1, %1$d, 7, 2, 1, '{}', gen_random_uuid(), 2, 1);
                INSERT INTO delivery (tenant_id, submission_id, ordinal, channel_id, recipient, call_id, state, settled_at)
                VALUES (1, %1$d, 0, 7, 'zhang', %1$d, 7, now()), (1, %1$d, 1, 7, 'li', %1$d, 0, NULL);
                INSERT INTO call (tenant_id, id, app_id, channel_id, organisation_id, purpose, api, node, epoch, submission_ids, ordinals,
                                  budget_month, budget_pool, units, state, answered_at)
                VALUES (1, %1$d, 1, 7, 1, 0, 'api', 'earlier', 1, '{%1$d, %1$d}', '{0, 1}', '2026-11-01', 'api', 1, 7, now())
                """.formatted(id));
        DoubtStore store = new DoubtStore(database.pool(vertx));
        List<DoubtfulCall> calls = TestWaiting.await(
                        store.unresolved(List.of(new Question(APP, 2, List.of(CHANNEL), List.of()))))
                .get(APP)
                .calls();

        assertThat(calls).hasSize(1);
        assertThat(calls.getFirst().travellers())
                .extracting(Traveller::recipient)
                .containsExactly("zhang");
    }
}
