package dev.sluice.engine.node;

import static dev.sluice.engine.testkit.TestWaiting.await;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
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
import org.slf4j.LoggerFactory;

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
        makeOldMonth(database);
        PgConnectOptions postgres = PgPools.bounded(database.connectOptions(), HASTE);
        try (Connection holder = database.connect();
                Statement statement = holder.createStatement()) {
            statement.execute("SELECT pg_advisory_lock(7240118, 3)");
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

    @Test
    void anOldMonthThatSomethingHoldsIsNamed(TestDatabase database) {
        makeOldMonth(database);
        database.execute("""
                INSERT INTO submission (tenant_id, id, channel_id, priority, state, content, content_hash, total)
                VALUES (1, sluice_id_floor('2025-03-09 UTC'), 1, 2, 2, '{}', gen_random_uuid(), 1);
                INSERT INTO campaign (tenant_id, submission_id, name) VALUES (1, sluice_id_floor('2025-03-09 UTC'), 'spring')
                """);
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        Logger log = (Logger) LoggerFactory.getLogger(RetentionVerticle.class);
        log.addAppender(lines);
        lines.start();
        try {
            await(vertx.deployVerticle(new RetentionVerticle(database.connectOptions(), 2)));
            TestWaiting.until(
                    TestWaiting.PATIENCE,
                    () -> lines.list.stream()
                            .anyMatch(
                                    line -> line.getFormattedMessage().startsWith("The month 2025_03 is kept longer")),
                    () -> "nothing was said of it");
        } finally {
            log.detachAppender(lines);
        }
        assertThat(database.text("SELECT to_regclass('delivery_2025_03')")).isNotNull();
    }

    private static void makeOldMonth(TestDatabase database) {
        for (String table : new String[] {"submission", "delivery", "call", "attempt"}) {
            database.execute(
                    "CREATE TABLE %1$s_2025_03 PARTITION OF %1$s FOR VALUES FROM (sluice_id_floor('2025-03-01 UTC')) TO (sluice_id_floor('2025-04-01 UTC'))"
                            .formatted(table));
        }
    }
}
