package dev.sluice.loadtest.load.judging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.model.DeliveryState;
import dev.sluice.engine.model.IdSequence;
import dev.sluice.engine.testkit.PostgresExtension;
import dev.sluice.engine.testkit.TestDatabase;
import dev.sluice.loadtest.load.tenant.LoadTenant;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith({VertxExtension.class, PostgresExtension.class})
class InstallationTest {
    private static final LoadTenant TENANT = new LoadTenant(null, "one", 1, 1, "ding-one", List.of(), "key", "one-u");

    private final long draftId = IdSequence.floorAt(Instant.now());
    private final long startedId = draftId + 1;

    /** Who counts it as accepted blames the engine for a campaign that it refused to start. */
    @Test
    void aCampaignThatWasNotStartedHasNoCounters(Vertx vertx, TestDatabase database) {
        database.execute("""
                INSERT INTO submission (tenant_id, id, channel_id, priority, state, content, content_hash, total, sent)
                VALUES (1, %d, 1, 2, 0, '{}', gen_random_uuid(), 8, 0), (1, %d, 1, 2, 1, '{}', gen_random_uuid(), 8, 3)
                """.formatted(draftId, startedId));

        assertThat(new Installation(database.pool(vertx)).counters(TENANT))
                .containsOnlyKeys(startedId)
                .hasEntrySatisfying(
                        startedId,
                        states -> assertThat(states)
                                .containsEntry(DeliveryState.SENT, 3L)
                                .containsEntry(DeliveryState.WAITING, 5L));
    }
}
