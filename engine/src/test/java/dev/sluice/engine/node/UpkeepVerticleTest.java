package dev.sluice.engine.node;

import static dev.sluice.engine.testkit.TestWaiting.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.quota.BudgetAudit;
import dev.sluice.engine.quota.BudgetGrants;
import dev.sluice.engine.quota.BudgetLedger;
import dev.sluice.engine.quota.BudgetWatch;
import dev.sluice.engine.store.PgPools;
import dev.sluice.engine.store.PgTimeouts;
import dev.sluice.engine.testkit.EmptyDirectory;
import dev.sluice.engine.testkit.PostgresExtension;
import dev.sluice.engine.testkit.TestDatabase;
import dev.sluice.engine.testkit.TestWaiting;
import dev.sluice.engine.time.EngineClock;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresExtension.class)
class UpkeepVerticleTest {
    private static final List<String> TABLES = List.of("submission", "delivery", "call", "attempt");

    /** The first has books that nothing can bring to its profile. */
    private static final String ORGANISATIONS = """
            INSERT INTO tenant (name) VALUES ('t');
            INSERT INTO organisation (tenant_id, platform, corp_id, name) SELECT 1, 'dingtalk', 'corp' || n, 'o' FROM generate_series(1, 5) n;
            INSERT INTO organisation_profile (organisation_id, effective_from, profile) SELECT n, '2020-01-01', 'standard' FROM generate_series(1, 5) n;
            INSERT INTO budget (organisation_id, month, pool, granted)
              SELECT 1, date_trunc('month', now() AT TIME ZONE 'Asia/Shanghai')::date, 'api', 9223372036854775807
            """;

    private final Vertx vertx = Vertx.vertx();
    private final EmptyDirectory directory = new EmptyDirectory();
    private TestDatabase database;

    @BeforeEach
    void fresh(TestDatabase fresh) {
        database = fresh;
    }

    @AfterEach
    void stop() {
        await(vertx.close());
    }

    @Test
    void thePartitionsOfTodayAreThereWhenANodeStartsAfterMonths() {
        for (String partition : partitions("%")) {
            database.execute("DROP TABLE " + partition);
        }
        await(upkeep());
        assertThat(partitions("submission_%")).hasSize(4);
        assertThat(partitions("delivery_%")).hasSize(4);
    }

    @Test
    void partitionsToComeAreMadeWhileABackupReadsTheirTables() throws SQLException {
        for (String table : TABLES) {
            database.execute("DROP TABLE " + partitions(table + "_%").getLast());
        }
        try (Connection backup = database.connect();
                Statement statement = backup.createStatement()) {
            backup.setAutoCommit(false);
            for (String table : TABLES) {
                statement.executeQuery("SELECT count(*) FROM " + table).close();
            }
            await(upkeep());
            assertThat(TABLES)
                    .allSatisfy(table -> assertThat(partitions(table + "_%")).hasSize(4));
        }
    }

    @Test
    void allKeysThatAreTooOldAreForgottenInOneRound() {
        database.execute("""
                INSERT INTO idempotency (tenant_id, key, body_hash, submission_id, created_at)
                SELECT 1, 'k' || n, gen_random_uuid(), n, now() - interval '3 days' FROM generate_series(1, 120000) n;
                INSERT INTO idempotency (tenant_id, key, body_hash, submission_id) VALUES (1, 'new', gen_random_uuid(), 1)
                """);
        await(upkeep());
        directory.change();
        TestWaiting.until(
                Duration.ofSeconds(50),
                () -> database.number("SELECT count(*) FROM idempotency") == 1,
                () -> database.number("SELECT count(*) FROM idempotency") + " keys");
        assertThat(database.text("SELECT key FROM idempotency")).isEqualTo("new");
    }

    @Test
    void troubleWithOneOrganisationKeepsNoOtherFromItsMonthAndNoMonthFromItsPartitions() {
        database.execute(ORGANISATIONS);
        int callMonths = partitions("call_%").size();
        await(upkeep());
        assertThat(database.number("SELECT count(DISTINCT organisation_id) FROM budget"))
                .isEqualTo(5);
        database.execute("DROP TABLE " + partitions("call_%").getLast());
        directory.change();
        TestWaiting.until(
                TestWaiting.PATIENCE,
                () -> partitions("call_%").size() == callMonths,
                () -> partitions("call_%").size() + " months of " + callMonths);
    }

    /** As a script makes them that enters thousands of tenants. */
    @Test
    void aMonthIsOpenedWhileChangesFollowEachOtherWithoutEnd() {
        await(upkeep());
        vertx.setPeriodic(1, time -> directory.change());
        database.execute("""
                INSERT INTO tenant (name) VALUES ('t');
                INSERT INTO organisation (tenant_id, platform, corp_id, name) VALUES (1, 'dingtalk', 'corp', 'o');
                INSERT INTO organisation_profile (organisation_id, effective_from, profile) VALUES (1, '2020-01-01', 'standard')
                """);

        TestWaiting.until(
                Duration.ofSeconds(30),
                () -> database.number("SELECT count(*) FROM budget") > 0,
                () -> "no month was opened");
    }

    private Future<String> upkeep() {
        Pool pool = PgPools.create(vertx, database.connectOptions(), PgTimeouts.STANDARD, "upkeep", 4, 100);
        EngineClock clock = EngineClock.system();
        BudgetWatch watch =
                new BudgetWatch(new BudgetLedger(pool, clock), new BudgetAudit(pool), new BudgetGrants(pool), clock);
        return vertx.deployVerticle(new UpkeepVerticle(pool, watch, new PeopleInDoubt(pool), directory));
    }

    /** Months of the four tables that are divided by them, oldest first. */
    private List<String> partitions(String like) {
        String names = database.text("""
                SELECT string_agg(relname, ',' ORDER BY relname) FROM pg_class c JOIN pg_inherits i ON i.inhrelid = c.oid
                WHERE c.relkind = 'r' AND relname LIKE '%s'
                """.formatted(like));
        return names == null ? List.of() : List.of(names.split(","));
    }
}
