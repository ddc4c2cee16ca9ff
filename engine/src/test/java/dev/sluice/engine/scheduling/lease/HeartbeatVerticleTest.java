package dev.sluice.engine.scheduling.lease;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.store.PgPools;
import dev.sluice.engine.store.PgTimeouts;
import dev.sluice.engine.testkit.BlackHole;
import dev.sluice.engine.testkit.ManualClock;
import dev.sluice.engine.testkit.PostgresExtension;
import dev.sluice.engine.testkit.TestDatabase;
import dev.sluice.engine.testkit.TestWaiting;
import dev.sluice.engine.time.EngineClock;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith({VertxExtension.class, PostgresExtension.class})
class HeartbeatVerticleTest {
    /** A silent connection lasts longer than the lease, as in production. */
    private static final PgTimeouts PATIENT = new PgTimeouts(2_000, 50_000, 60_000);

    private static final long LEASE_MILLIS = 50_000;
    private static final long RENEW_MILLIS = 500;

    private final EngineClock clock = EngineClock.system();

    /** A firewall that forgot one connection would else take all apps from a node that is well. */
    @Test
    void aConnectionThatFallsSilentCostsARenewalAndNotTheLease(Vertx vertx, TestDatabase database) {
        BlackHole way = new BlackHole(vertx, database.connectOptions().getPort());
        PgConnectOptions behind = new PgConnectOptions(database.connectOptions()).setPort(way.port());
        Pool pool = PgPools.create(vertx, behind, PATIENT, "heartbeat", HeartbeatVerticle.CONNECTIONS, 16);
        LeaseStore leases = new LeaseStore(pool);
        NodeLease lease = new NodeLease(UUID.randomUUID(), 0, LEASE_MILLIS, clock.nanoTime(), clock);
        TestWaiting.await(leases.takeSlot("one", lease.incarnation(), LEASE_MILLIS, true));
        String node = TestWaiting.await(vertx.deployVerticle(
                new HeartbeatVerticle(leases, lease, clock, LEASE_MILLIS, RENEW_MILLIS, () -> {})));

        long before = renewedAt(database);
        awaitRenewalAfter(before, database);
        way.loseOpenOnes();
        // One that was under way may still have been heard.
        awaitRenewalAfter(renewedAt(database) + RENEW_MILLIS, database);

        assertThat(lease.holdsFor(LEASE_MILLIS / 2)).isTrue();
        TestWaiting.await(vertx.undeploy(node));
    }

    @Test
    void anAnswerThatALaterOneOvertookTakesNothingFromTheLease() {
        ManualClock manual = ManualClock.at("2026-11-23T08:00:00Z");
        NodeLease lease = new NodeLease(UUID.randomUUID(), 0, LEASE_MILLIS, manual.nanoTime(), manual);
        long firstNanos = manual.nanoTime();
        long firstMillis = manual.millis();
        manual.advanceMillis(5_000);

        lease.renewed(manual.nanoTime(), manual.millis());
        lease.renewed(firstNanos, firstMillis);

        assertThat(lease.holdsFor(LEASE_MILLIS - 1)).isTrue();
    }

    private static void awaitRenewalAfter(long millis, TestDatabase database) {
        TestWaiting.until(
                Duration.ofMillis(LEASE_MILLIS / 2), () -> renewedAt(database) > millis, () -> "no renewal came");
    }

    private static long renewedAt(TestDatabase database) {
        return database.number("SELECT (extract(epoch FROM lease_until) * 1000)::bigint FROM node WHERE name = 'one'");
    }
}
