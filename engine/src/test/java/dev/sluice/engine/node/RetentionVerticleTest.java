package dev.sluice.engine.node;

import static dev.sluice.engine.testkit.TestWaiting.await;

import dev.sluice.engine.store.PgPools;
import dev.sluice.engine.store.PgTimeouts;
import dev.sluice.engine.testkit.PostgresExtension;
import dev.sluice.engine.testkit.TestDatabase;
import dev.sluice.engine.testkit.TestWaiting;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresExtension.class)
class RetentionVerticleTest {
    /** Of a node whose statements may take next to nothing. */
    private static final PgTimeouts HASTE = new PgTimeouts(2_000, 200, 400);

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void stop() {
        await(vertx.close());
    }

    @Test
    void anOldMonthIsDroppedHoweverLongThatTakes(TestDatabase database) throws SQLException {
        for (String table : new String[] {"submission", "delivery", "call", "attempt"}) {
            database.execute(
                    "CREATE TABLE %1$s_2025_03 PARTITION OF %1$s FOR VALUES FROM (sluice_id_floor('2025-03-01 UTC')) TO (sluice_id_floor('2025-04-01 UTC'))"
                            .formatted(table));
        }
        PgConnectOptions postgres = PgPools.bounded(database.connectOptions(), HASTE);
        try (Connection holder = database.connect();
                Statement statement = holder.createStatement()) {
            statement.execute("SELECT pg_advisory_lock(7240118, 1)");
            await(vertx.deployVerticle(new RetentionVerticle(postgres, 2)));
            TestWaiting.until(
                    TestWaiting.PATIENCE,
                    () -> database.number("""
                            SELECT count(*) FROM pg_stat_activity
                            WHERE datname = current_database() AND wait_event = 'advisory' AND now() - query_start > interval '1 s'
                            """) == 1,
                    () -> database.text("SELECT string_agg(query, ';') FROM pg_stat_activity"));
        }
        TestWaiting.until(
                TestWaiting.PATIENCE,
                () -> database.text("SELECT to_regclass('delivery_2025_03')") == null,
                () -> "the month is still there");
    }
}
