package dev.sluice.engine.scheduling.wake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.store.PgPools;
import dev.sluice.engine.store.PgTimeouts;
import dev.sluice.engine.testkit.BlackHole;
import dev.sluice.engine.testkit.PostgresExtension;
import dev.sluice.engine.testkit.TestDatabase;
import dev.sluice.engine.testkit.TestWaiting;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** One node tells, another schedules. */
@ExtendWith(PostgresExtension.class)
class PgWakeUpsTest {
    private static final PgTimeouts SHORT = new PgTimeouts(2_000, 2_000, 3_000);
    private static final long OWNED = 7;

    private final Vertx vertx = Vertx.vertx();
    private final OwnedChannels owned = new OwnedChannels();
    private final Set<Long> woken = ConcurrentHashMap.newKeySet();
    private BlackHole way;
    private Pool pool;
    private PgWakeUps teller;
    private PgWakeUps scheduler;

    @BeforeEach
    void connect(TestDatabase database) {
        way = new BlackHole(vertx, database.connectOptions().getPort());
        PgConnectOptions through = new PgConnectOptions(database.connectOptions())
                .setHost("127.0.0.1")
                .setPort(way.port());
        pool = PgPools.create(vertx, database.connectOptions(), SHORT, "teller", 2, 10);
        teller = new PgWakeUps(vertx, database.connectOptions(), SHORT, pool, new OwnedChannels());
        scheduler = new PgWakeUps(vertx, through, SHORT, pool, owned);
        owned.add(OWNED);
        owned.onWake(vertx.getOrCreateContext(), woken::addAll);
        TestWaiting.await(scheduler.start());
        awaitWoken(OWNED);
        woken.clear();
    }

    @AfterEach
    void close() {
        way.swallow(false);
        TestWaiting.await(scheduler.close());
        TestWaiting.await(pool.close());
        TestWaiting.await(vertx.close());
    }

    @Test
    void aGroupOfMessagesForAThousandChannelsWakesThemAll() {
        List<Long> channels = LongStream.range(1_000_000, 1_001_000).boxed().toList();
        teller.changed(channels);
        TestWaiting.until(TestWaiting.PATIENCE, () -> woken.containsAll(channels), () -> woken.size() + " are woken");
    }

    @Test
    void whatIsScheduledHereNobodyElseIsTold() {
        scheduler.changed(List.of(OWNED));
        awaitWoken(OWNED);
        woken.clear();
        teller.changed(List.of(9L));
        awaitWoken(9);
        assertThat(woken).containsExactly(9L);
    }

    /** What was said meanwhile is lost, so whoever schedules looks at everything. */
    @Test
    void aListenerWhoseServerFellSilentListensThroughAnotherConnectionAndIsWokenForAll() {
        way.swallow(true);
        teller.changed(List.of(8L));
        TestWaiting.until(TestWaiting.PATIENCE, () -> way.open() == 0, () -> "the silent connection is kept");
        way.swallow(false);
        awaitWoken(OWNED);
        teller.changed(List.of(9L));
        awaitWoken(9);
    }

    private void awaitWoken(long channel) {
        TestWaiting.until(TestWaiting.PATIENCE, () -> woken.contains(channel), () -> "woken are " + woken);
    }
}
