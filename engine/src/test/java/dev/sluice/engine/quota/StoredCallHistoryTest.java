package dev.sluice.engine.quota;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.store.PgPools;
import dev.sluice.engine.store.PgTimeouts;
import dev.sluice.engine.testkit.PostgresExtension;
import dev.sluice.engine.testkit.TestDatabase;
import dev.sluice.engine.testkit.TestWaiting;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import io.vertx.sqlclient.Pool;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Beside what was called in the hour before. */
@ExtendWith({VertxExtension.class, PostgresExtension.class})
class StoredCallHistoryTest {
    private static final int CALLED_BEFORE = 20_000;
    private static final int HELD = 3;
    private static final String READ_OF_CALLS =
            "SELECT sum(idx_tup_fetch + seq_tup_read)::bigint AS rows FROM pg_stat_user_tables WHERE relname LIKE 'call\\_2%'";

    /** Of one connection, which tells what it has read. */
    private Pool pool;

    @BeforeEach
    void callAlot(Vertx vertx, TestDatabase database) {
        pool = PgPools.create(vertx, database.connectOptions(), PgTimeouts.STANDARD, "one", 1, 10);
        String calls = """
                INSERT INTO call (tenant_id, id, app_id, channel_id, organisation_id, purpose, api, node, epoch, submission_ids, ordinals,
                                  budget_month, budget_pool, units, intent_at)
                SELECT 1, sluice_id_floor(now() - interval '%1$s') + n, 12, 1, 1, 0, 'send', 'n1', 1, '{1}', '{0}', '2026-11-01', 'api', 1,
                       now() - interval '%1$s' FROM generate_series(1, %2$d) n;
                """;
        database.execute(
                """
                INSERT INTO tenant (name) VALUES ('t');
                INSERT INTO organisation (tenant_id, platform, corp_id, name) VALUES (1, 'dingtalk', 'c', 'o');
                INSERT INTO app (id, tenant_id, organisation_id, name, app_key, secrets_cipher) OVERRIDING SYSTEM VALUE VALUES (12, 1, 1, 'a', 'k', '');
                """ + calls.formatted("1 hour", CALLED_BEFORE) + calls.formatted("1 second", HELD) + "ANALYZE call");
    }

    @AfterEach
    void close() {
        TestWaiting.await(pool.close());
    }

    /** Else a gate of an app that has called for months is looked up for longer than anybody waits, and stays shut. */
    @ParameterizedTest
    @ValueSource(strings = {"app:12", "org:1", "ip:default"})
    void whatIsHeldIsFoundWithoutReadingWhatWasCalledBefore(String scope) {
        SlotGate gate = new SlotGate(scope, "calls", 100, 60_000, false);
        long before = readOfCalls();

        assertThat(TestWaiting.await(new StoredCallHistory(pool, SlotRig.TIMING).heldAt(List.of(gate)))
                        .get(gate))
                .hasSize(HELD);
        assertThat(readOfCalls() - before).isLessThan(10L * HELD);
    }

    private long readOfCalls() {
        TestWaiting.await(pool.query("SELECT pg_stat_force_next_flush()").execute());
        return TestWaiting.await(pool.query(READ_OF_CALLS).execute())
                .iterator()
                .next()
                .getLong("rows");
    }
}
