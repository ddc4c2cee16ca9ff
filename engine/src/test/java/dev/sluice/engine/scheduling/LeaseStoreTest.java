package dev.sluice.engine.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.testkit.PostgresExtension;
import dev.sluice.engine.testkit.TestDatabase;
import dev.sluice.engine.testkit.TestWaiting;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Which slot a node gets that starts. */
@ExtendWith({VertxExtension.class, PostgresExtension.class})
class LeaseStoreTest {
    private static final String OTHER_TAKES = """
            INSERT INTO node (slot, name, incarnation, lease_until)
            SELECT n, 'other', gen_random_uuid(), now() + interval '1 hour' FROM generate_series(0, %d) n
            """;

    private TestDatabase database;
    private LeaseStore leases;

    @BeforeEach
    void build(Vertx vertx, TestDatabase database) {
        this.database = database;
        this.leases = new LeaseStore(database.pool(vertx));
    }

    @Test
    void aNodeTakesTheFirstFreeSlot() {
        database.execute(OTHER_TAKES.formatted(2));
        assertThat(TestWaiting.await(take())).contains(3);
    }

    @Test
    void aNodeThatStartsTogetherWithAFasterOneTakesTheNextSlot() throws SQLException {
        try (Connection other = database.connect();
                Statement faster = other.createStatement()) {
            other.setAutoCommit(false);
            faster.execute(OTHER_TAKES.formatted(0));
            Future<Optional<Integer>> slot = take();
            TestWaiting.until(TestWaiting.PATIENCE, this::somebodyWaits, () -> "nobody waits for slot 0");
            other.commit();
            assertThat(TestWaiting.await(slot)).contains(1);
        }
    }

    @Test
    void whenAllAreTakenThereIsNone() {
        database.execute(OTHER_TAKES.formatted(255));
        assertThat(TestWaiting.await(take())).isEmpty();
    }

    private boolean somebodyWaits() {
        return database.number(
                        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'")
                > 0;
    }

    private Future<Optional<Integer>> take() {
        return leases.takeSlot("this", UUID.randomUUID(), 60_000);
    }
}
