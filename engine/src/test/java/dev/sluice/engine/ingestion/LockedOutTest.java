package dev.sluice.engine.ingestion;

import static dev.sluice.engine.ingestion.SendApi.await;
import static dev.sluice.engine.ingestion.SendApi.message;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.sluice.engine.auth.ApiKeys;
import dev.sluice.engine.store.PgPools;
import dev.sluice.engine.store.PgTimeouts;
import dev.sluice.engine.testkit.PostgresExtension;
import dev.sluice.engine.testkit.TestDatabase;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.LoggerFactory;

/** Somebody changes the password of a node's role in Postgres, or takes its privileges. */
@ExtendWith({PostgresExtension.class, SendApiExtension.class})
class LockedOutTest {
    private static final int REQUESTS = 10;
    private static final List<Class<?>> SPEAKERS = List.of(ApiKeys.class, GroupCommit.class);

    private final ListAppender<ILoggingEvent> said = new ListAppender<>();
    private TestDatabase database;
    private Pool pool;
    private SendApi api;

    @BeforeEach
    void start(Vertx vertx, TestDatabase fresh) {
        database = fresh;
        database.execute("""
                CREATE ROLE locked_out LOGIN PASSWORD 'right';
                GRANT ALL ON ALL TABLES IN SCHEMA public TO locked_out;
                GRANT ALL ON ALL SEQUENCES IN SCHEMA public TO locked_out
                """);
        PgConnectOptions server = fresh.connectOptions().setUser("locked_out").setPassword("right");
        pool = PgPools.create(vertx, server, PgTimeouts.STANDARD, "locked-out", 8, 1_000);
        api = new SendApi(vertx, fresh, pool, IngestionBounds.DEFAULT);
        said.start();
        for (Class<?> speaker : SPEAKERS) {
            ((Logger) LoggerFactory.getLogger(speaker)).addAppender(said);
        }
        assertThat(await(api.send(message("a"), "before", 1)).statusCode()).isEqualTo(202);
    }

    @AfterEach
    void stop() {
        for (Class<?> speaker : SPEAKERS) {
            ((Logger) LoggerFactory.getLogger(speaker)).detachAppender(said);
        }
        api.close();
        await(pool.close());
        database.execute("DROP OWNED BY locked_out; DROP ROLE locked_out");
    }

    @Test
    void whileItIsNotLetInRequestsAreToldToComeBackAndCountedAndTheLogSaysSoOnce() {
        database.execute("ALTER ROLE locked_out PASSWORD 'another'");
        database.resetConnections();
        refusedAndCounted();
        api.aheadMillis.addAndGet(2 * ApiKeys.REMEMBERED_MILLIS);
        refusedAndCounted();
        assertThat(said.list)
                .filteredOn(line -> line.getLoggerName().equals(ApiKeys.class.getName()))
                .hasSize(1);

        database.execute("ALTER ROLE locked_out PASSWORD 'right'");
        assertThat(await(api.send(message("a"), "after", 1)).statusCode()).isEqualTo(202);
    }

    @Test
    void whileItMayNotWriteRequestsAreToldToComeBackAndTheLogSaysSoNowAndThen() {
        database.execute("REVOKE INSERT ON submission FROM locked_out");
        refusedAndCounted();
        assertThat(said.list).hasSizeBetween(1, REQUESTS / 2);
        database.execute("GRANT INSERT ON submission TO locked_out");
        assertThat(await(api.send(message("a"), "after", 1)).statusCode()).isEqualTo(202);
    }

    private void refusedAndCounted() {
        double before = refused();
        List<HttpResponse<Buffer>> answers = new ArrayList<>();
        for (int i = 0; i < REQUESTS; i++) {
            answers.add(await(api.send(message("a"), "k" + i, 1)));
        }
        assertThat(answers).allSatisfy(answer -> {
            assertThat(answer.statusCode()).as(answer.bodyAsString()).isEqualTo(503);
            assertThat(answer.getHeader("Retry-After")).isNotBlank();
        });
        assertThat(refused() - before).isEqualTo(REQUESTS);
    }

    /** Whether its outcome is known or, of one that was under way, not. */
    private double refused() {
        return api.meters.get("sluice.ingestion.refused").counters().stream()
                .mapToDouble(reason -> reason.count())
                .sum();
    }
}
