package dev.sluice.engine.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.recovery.DoubtStore;
import dev.sluice.engine.scheduling.lease.LeaseStore;
import dev.sluice.engine.scheduling.lease.NodeLease;
import dev.sluice.engine.scheduling.wake.OwnedChannels;
import dev.sluice.engine.testkit.EmptyDirectory;
import dev.sluice.engine.testkit.ManualClock;
import dev.sluice.engine.testkit.PostgresExtension;
import dev.sluice.engine.testkit.TestDatabase;
import dev.sluice.engine.testkit.TestWaiting;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import io.vertx.sqlclient.Pool;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A node and the apps of a dead one. */
@ExtendWith({VertxExtension.class, PostgresExtension.class})
class AppOwnershipTest {
    private static final long LEASE_MILLIS = 60_000;
    private static final long APP = 1;

    private static final String AN_APP = """
            INSERT INTO tenant (name) VALUES ('t');
            INSERT INTO organisation (tenant_id, platform, corp_id, name) VALUES (1, 'dingtalk', 'corp', 'o');
            INSERT INTO app (tenant_id, organisation_id, name, app_key, agent_id, robot_code, secrets_cipher) VALUES (1, 1, 'app', 'key', 1, 'r', '')
            """;
    private static final String A_DEAD_NODES_CALL = """
            INSERT INTO app_lease (app_id, incarnation, epoch) VALUES (1, gen_random_uuid(), 1);
            INSERT INTO call (tenant_id, id, app_id, epoch, channel_id, organisation_id, purpose, api, node, submission_ids, ordinals, budget_month, budget_pool, units)
              VALUES (1, sluice_id_floor(now()), 1, 1, 1, 1, 0, 'api', 'dead', '{}', '{}', '2026-11-01', 'api', 1)
            """;

    private final ManualClock clock = ManualClock.at("2026-11-23T08:00:00Z");

    @Test
    void aWallClockThatIsSetBackKeepsNobodyFromTakingThem(Vertx vertx, TestDatabase database) {
        Pool pool = database.pool(vertx);
        OwnedApps apps = noApps();
        AppOwnership ownership = ownership(vertx, pool, pool, apps);
        TestWaiting.await(ownership.share());
        assertThat(apps.size()).isZero();

        database.execute(AN_APP);
        database.execute(A_DEAD_NODES_CALL);
        clock.jumpTo(clock.now().minus(Duration.ofMinutes(10)));
        clock.advanceMillis(1_000);
        TestWaiting.await(ownership.share());

        assertThat(apps.get(APP)).isNotNull();
    }

    /** Where several nodes take requests, each hears of every message of the others' apps. */
    @Test
    void anAppOfAnotherNodeIsNotAskedForWithEachOfItsMessages(Vertx vertx, TestDatabase database) {
        Pool pool = database.pool(vertx);
        database.execute(AN_APP);
        UUID other = UUID.randomUUID();
        LeaseStore leases = new LeaseStore(pool);
        TestWaiting.await(leases.takeSlot("two", other, LEASE_MILLIS, true));
        TestWaiting.await(leases.claim(List.of(APP), other));
        List<String> asked = new CopyOnWriteArrayList<>();
        AppOwnership ownership = ownership(vertx, pool, heard(pool, asked), noApps());
        TestWaiting.await(ownership.share());
        asked.clear();

        for (int message = 0; message < 100; message++) {
            ownership.claimWoken(List.of(APP));
        }
        assertThat(asked).hasSize(1);

        clock.advanceMillis(10_000);
        TestWaiting.await(ownership.share());
        asked.clear();
        ownership.claimWoken(List.of(APP));
        assertThat(asked).as("it may be nobody's by then").hasSize(1);
    }

    /** The pool itself, with a note of every statement. */
    private static Pool heard(Pool pool, List<String> asked) {
        return (Pool) Proxy.newProxyInstance(
                Pool.class.getClassLoader(), new Class<?>[] {Pool.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("preparedQuery")) {
                        asked.add((String) arguments[0]);
                    }
                    return method.invoke(pool, arguments);
                });
    }

    private OwnedApps noApps() {
        return new OwnedApps(new EmptyDirectory(), new OwnedChannels(), (app, channel) -> null);
    }

    /** Of a node that has its slot. */
    private AppOwnership ownership(Vertx vertx, Pool pool, Pool leasesPool, OwnedApps apps) {
        NodeLease lease = new NodeLease(UUID.randomUUID(), 0, LEASE_MILLIS, clock.nanoTime(), clock);
        TestWaiting.await(new LeaseStore(pool).takeSlot("one", lease.incarnation(), LEASE_MILLIS, true));
        EmptyDirectory directory = new EmptyDirectory();
        LaneLooks looks = new LaneLooks(directory, apps, clock);
        AppDoubts doubts = new AppDoubts(vertx, new DoubtStore(pool), directory, apps, looks, clock);
        return new AppOwnership(
                new SchedulerPart(0, 1, 1, "one"), lease, new LeaseStore(leasesPool), apps, doubts, looks, clock);
    }
}
