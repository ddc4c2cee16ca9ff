package dev.sluice.engine.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.engine.testkit.BlackHole;
import dev.sluice.engine.testkit.PostgresExtension;
import dev.sluice.engine.testkit.TestDatabase;
import dev.sluice.engine.testkit.TestWaiting;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The way to Postgres swallows every byte, and nobody resets a connection. */
@ExtendWith(PostgresExtension.class)
class PgPoolsTest {
    private static final PgTimeouts SHORT = new PgTimeouts(5_000, 5_000, 6_000);
    /** Whose client gives no silent connection up within the test. */
    private static final PgTimeouts PATIENT = new PgTimeouts(5_000, 2_000, 600_000);

    private static final String LOCKS = """
            SELECT count(*) FROM pg_locks l JOIN pg_database d ON d.oid = l.database
            WHERE d.datname = current_database() AND l.relation = 'tenant'::regclass AND l.mode = 'AccessExclusiveLock'
            """;

    private final Vertx vertx = Vertx.vertx();
    private BlackHole way;
    private Pool pool;

    @BeforeEach
    void connect(TestDatabase database) {
        way = new BlackHole(vertx, database.connectOptions().getPort());
        PgConnectOptions through = new PgConnectOptions(database.connectOptions())
                .setHost("127.0.0.1")
                .setPort(way.port());
        pool = PgPools.create(vertx, through, SHORT, "black-hole", 2, 10);
        TestWaiting.until(TestWaiting.PATIENCE, this::answers, () -> "no answer at first");
    }

    @AfterEach
    void close() {
        way.swallow(false);
        TestWaiting.await(pool.close());
        TestWaiting.await(vertx.close());
    }

    @Test
    void aStatementWithoutAnswerFailsItsConnectionIsDroppedAndTheNextOneWorks() {
        way.swallow(true);
        assertThatThrownBy(this::ask).isNotInstanceOf(AssertionError.class);
        TestWaiting.until(TestWaiting.PATIENCE, () -> way.open() == 0, () -> way.open() + " connections are kept");
        way.swallow(false);
        TestWaiting.until(TestWaiting.PATIENCE, this::answers, () -> "no answer after the way was mended");
    }

    @Test
    void aServerThatAcceptsAndSaysNothingFailsTheCallerToo() {
        way.swallow(true);
        for (int i = 0; i < 5; i++) {
            assertThatThrownBy(this::ask).isNotInstanceOf(AssertionError.class);
        }
        way.swallow(false);
        TestWaiting.until(TestWaiting.PATIENCE, this::answers, () -> "no answer after the way was mended");
    }

    /** As a node does that freezes between two statements. */
    @Test
    void aTransactionInWhichNothingIsSaidKeepsItsLocksNoLongerThanAStatementMayTake(TestDatabase database) {
        Pool frozen = PgPools.create(vertx, database.connectOptions(), PATIENT, "frozen", 1, 1);
        SqlConnection transaction = TestWaiting.await(frozen.getConnection());
        TestWaiting.await(transaction.begin());
        TestWaiting.await(
                transaction.query("LOCK TABLE tenant IN ACCESS EXCLUSIVE MODE").execute());
        TestWaiting.until(TestWaiting.PATIENCE, () -> database.number(LOCKS) == 0, () -> "it is locked still");
        TestWaiting.await(transaction.close().otherwiseEmpty().eventually(frozen::close));
    }

    /** As one does that was made while the address still led to a primary of before. */
    @Test
    void aConnectionThatOnlyReadsIsNotKeptHoweverMuchItIsUsed(TestDatabase database) {
        String name = database.text("SELECT current_database()");
        Pool brief = PgPools.pool(
                vertx,
                PgPools.bounded(database.connectOptions(), SHORT),
                SHORT,
                PgPools.options(SHORT, "brief", 1, 10, 1_000));
        database.execute("ALTER DATABASE " + name + " SET default_transaction_read_only = on");
        assertThat(writes(brief)).isFalse();
        database.execute("ALTER DATABASE " + name + " RESET default_transaction_read_only");
        TestWaiting.until(TestWaiting.PATIENCE, () -> writes(brief), () -> "it reads only, for ever");
        TestWaiting.await(brief.close());
    }

    @Test
    void theTimeZoneOfADatabaseIsNotThatOfItsMonths(TestDatabase database) {
        String name = database.text("SELECT current_database()");
        database.execute("ALTER DATABASE " + name + " SET timezone = 'Europe/Berlin'");
        Pool here = PgPools.create(vertx, database.connectOptions(), SHORT, "here", 1, 10);
        assertThat(TestWaiting.await(here.query("SHOW timezone").execute())
                        .iterator()
                        .next()
                        .getString(0))
                .isEqualTo("UTC");
        TestWaiting.await(here.close());
    }

    private static boolean writes(Pool pool) {
        return TestWaiting.await(pool.query("CREATE TABLE IF NOT EXISTS written ()")
                .execute()
                .map(true)
                .otherwise(false));
    }

    private int ask() {
        return TestWaiting.await(pool.query("SELECT 7").execute())
                .iterator()
                .next()
                .getInteger(0);
    }

    private boolean answers() {
        try {
            return ask() == 7;
        } catch (RuntimeException notYet) {
            return false;
        }
    }
}
