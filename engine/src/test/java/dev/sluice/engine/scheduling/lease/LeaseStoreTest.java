package dev.sluice.engine.scheduling.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.sluice.engine.scheduling.lease.LeaseStore.Claim;
import dev.sluice.engine.testkit.PostgresExtension;
import dev.sluice.engine.testkit.TestDatabase;
import dev.sluice.engine.testkit.TestWaiting;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Which slot a node gets that starts, and how it gives its leases back. */
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

    /** Ids are a moment and a slot: whose clock is set back while it restarts would else make some a second time. */
    @Test
    void aSlotThatWasLeftIsTheLastToBeTakenAgain() {
        UUID restarts = UUID.randomUUID();
        assertThat(TestWaiting.await(leases.takeSlot("restarts", restarts, 60_000, true)))
                .contains(0);
        TestWaiting.await(leases.leave(restarts));
        assertThat(TestWaiting.await(leases.renew(restarts, 60_000))).isFalse();

        assertThat(TestWaiting.await(take())).contains(1);
        database.execute("""
                INSERT INTO node (slot, name, incarnation, lease_until)
                SELECT n, 'other', gen_random_uuid(), now() + interval '1 hour' FROM generate_series(2, 255) n
                """);
        assertThat(TestWaiting.await(take())).contains(0);
    }

    @Test
    void whenAllAreTakenThereIsNone() {
        database.execute(OTHER_TAKES.formatted(255));
        assertThat(TestWaiting.await(take())).isEmpty();
    }

    /** Whoever counted it would leave its share of the apps to nobody. */
    @Test
    void aNodeThatOnlyAcceptsSharesNoApps() {
        UUID scheduler = UUID.randomUUID();
        TestWaiting.await(leases.takeSlot("schedules", scheduler, 60_000, true));
        TestWaiting.await(leases.takeSlot("accepts", UUID.randomUUID(), 60_000, false));
        database.execute("""
                INSERT INTO call (tenant_id, id, app_id, epoch, channel_id, organisation_id, purpose, api, node, submission_ids, ordinals,
                                  budget_month, budget_pool, units)
                SELECT 1, sluice_id_floor(now()) + n, n, 1, 1, 1, 0, 'api', 'dead', '{}', '{}', '2026-11-01', 'api', 1 FROM generate_series(1, 2) n
                """);

        assertThat(TestWaiting.await(leases.appsWithWork(scheduler)))
                .hasSize(2)
                .allSatisfy(app -> assertThat(app.nodes()).isEqualTo(1));
    }

    /** As everybody locks them; two with orders of their own could each wait for the other. */
    @Test
    void aNodeThatLeavesLocksItsLeasesByApp() throws SQLException {
        UUID incarnation = UUID.randomUUID();
        makeLeasesFromLastToFirst(incarnation);
        try (Connection other = database.connect();
                Statement holder = other.createStatement()) {
            other.setAutoCommit(false);
            holder.execute("SELECT FROM app_lease WHERE app_id = 1 FOR UPDATE");
            Future<Void> left = leases.leave(incarnation);
            TestWaiting.until(TestWaiting.PATIENCE, this::somebodyWaits, () -> "nobody waits for app 1");

            assertThatCode(() -> database.execute("SELECT FROM app_lease WHERE app_id = 2 FOR UPDATE NOWAIT"))
                    .doesNotThrowAnyException();

            other.rollback();
            TestWaiting.await(left);
        }
        assertThat(database.number("SELECT count(incarnation) FROM app_lease")).isZero();
    }

    /** Both look when its owner has died; the slower one is told when it has the row, not what it read before. */
    @Test
    void anAppThatAnotherNodeHasJustClaimedIsNotClaimedAgain() throws SQLException {
        UUID other = UUID.randomUUID();
        UUID late = UUID.randomUUID();
        TestWaiting.await(leases.takeSlot("other", other, 60_000, true));
        TestWaiting.await(leases.takeSlot("late", late, 60_000, true));
        makeLeasesFromLastToFirst(UUID.randomUUID());
        database.execute("""
                CREATE FUNCTION passes() RETURNS boolean LANGUAGE plpgsql AS $$ BEGIN
                  PERFORM pg_advisory_lock_shared(1, 1);
                  RETURN pg_advisory_unlock_shared(1, 1);
                END $$;
                ALTER TABLE node RENAME TO node_row;
                CREATE VIEW node AS SELECT * FROM node_row WHERE passes()
                """);
        try (Connection holder = database.connect();
                Statement door = holder.createStatement()) {
            door.execute("SELECT pg_advisory_lock(1, 1)");
            Future<List<Claim>> claimed = leases.claim(List.of(1L, 2L), late);
            TestWaiting.until(TestWaiting.PATIENCE, this::somebodyWaits, () -> "nobody asks who lives");
            database.execute("UPDATE app_lease SET epoch = epoch + 1, incarnation = '" + other + "' WHERE app_id = 2");
            door.execute("SELECT pg_advisory_unlock(1, 1)");

            assertThat(TestWaiting.await(claimed)).containsExactly(new Claim(1, 2));
        }
        assertThat(database.text("SELECT incarnation FROM app_lease WHERE app_id = 2"))
                .isEqualTo(other.toString());
    }

    private void makeLeasesFromLastToFirst(UUID incarnation) {
        database.execute("""
                INSERT INTO tenant (name) VALUES ('t');
                INSERT INTO organisation (tenant_id, platform, corp_id, name) VALUES (1, 'dingtalk', 'corp', 'o');
                INSERT INTO app (tenant_id, organisation_id, name, app_key, agent_id, robot_code, secrets_cipher)
                  SELECT 1, 1, 'app' || n, 'key' || n, 1, 'r', '' FROM generate_series(1, 2) n;
                INSERT INTO app_lease (app_id, incarnation, epoch) VALUES (2, '%1$s', 1), (1, '%1$s', 1)
                """.formatted(incarnation));
    }

    private boolean somebodyWaits() {
        return database.number(
                        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'")
                > 0;
    }

    private Future<Optional<Integer>> take() {
        return leases.takeSlot("this", UUID.randomUUID(), 60_000, true);
    }
}
