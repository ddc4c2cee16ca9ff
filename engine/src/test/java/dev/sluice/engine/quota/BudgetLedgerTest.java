package dev.sluice.engine.quota;

import static dev.sluice.engine.quota.SlotRig.now;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.engine.model.BudgetPool;
import dev.sluice.engine.model.Limits;
import dev.sluice.engine.model.PriorityClass;
import dev.sluice.engine.store.PgPools;
import dev.sluice.engine.store.PgTimeouts;
import dev.sluice.engine.testkit.ManualClock;
import dev.sluice.engine.testkit.PostgresExtension;
import dev.sluice.engine.testkit.TestDatabase;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import io.vertx.sqlclient.Pool;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith({VertxExtension.class, PostgresExtension.class})
class BudgetLedgerTest {
    private static final LocalDate NOVEMBER = LocalDate.parse("2026-11-01");
    private static final LocalDate DECEMBER = LocalDate.parse("2026-12-01");
    private static final Limits THOUSAND = new Limits(Map.of(Limits.CALLS_PER_MONTH, 1_000L));

    private final ManualClock clock = ManualClock.at("2026-11-10T16:00:00Z");
    private TestDatabase database;
    private BudgetLedger ledger;
    private BudgetAudit audit;
    private BudgetWatch watch;

    @BeforeEach
    void build(Vertx vertx, TestDatabase database) {
        this.database = database;
        Pool pool = database.pool(vertx);
        this.ledger = new BudgetLedger(pool, clock);
        this.audit = new BudgetAudit(pool);
        this.watch = new BudgetWatch(ledger, audit, new BudgetGrants(pool), clock);
        database.execute("""
                INSERT INTO tenant (name) VALUES ('t');
                INSERT INTO organisation (tenant_id, platform, corp_id, name) VALUES (1, 'dingtalk', 'c', 'o');
                INSERT INTO limit_profile (profile, effective_from, limit_name, limit_value)
                  VALUES ('small', '2020-01-01', 'calls-per-month', 100), ('large', '2020-01-01', 'calls-per-month', 500);
                INSERT INTO organisation_profile (organisation_id, effective_from, profile)
                  VALUES (1, '2026-01-01', 'small'), (1, '2026-11-20', 'large')
                """);
    }

    @Test
    void aMonthIsGrantedOnceHoweverOftenItIsAsked() {
        open(ledger, THOUSAND);
        open(ledger, THOUSAND);
        assertThat(november().granted()).isEqualTo(1_000);
        assertThat(database.number("SELECT count(*) FROM budget_posting")).isOne();
        booksAreRight();
    }

    @Test
    void anotherProfileInTheMonthChangesTheGrantAndKeepsAddOns() {
        open(ledger, THOUSAND);
        now(ledger.addOn(1, NOVEMBER, BudgetPool.API, 70, "pack 4711", "li"));
        open(ledger, new Limits(Map.of(Limits.CALLS_PER_MONTH, 400L)));
        assertThat(november().granted()).isEqualTo(470);
        booksAreRight();
    }

    @Test
    void aReadingMakesTheRestForeignAndShowsTheDrift() {
        open(ledger, THOUSAND);
        now(ledger.reading(1, NOVEMBER, BudgetPool.API, 300, "li"));
        now(ledger.reading(1, NOVEMBER, BudgetPool.API, 250, "li"));
        assertThat(november().foreign()).isEqualTo(250);
        assertThat(november().available()).isEqualTo(750);
        assertThat(november().drift()).hasValue(250);
        booksAreRight();
    }

    @Test
    void exhaustionStopsEverythingUntilAnAddOn() {
        open(ledger, THOUSAND);
        Instant until = CalendarEdge.endOfMonth(clock.now());
        now(ledger.exhausted(1, NOVEMBER, BudgetPool.API, OptionalLong.of(600), until));
        assertThat(november().foreign()).isEqualTo(600);
        assertThat(november().allows(PriorityClass.CRITICAL, 0, 1, clock.now())).isFalse();
        now(ledger.addOn(1, NOVEMBER, BudgetPool.API, 10, "pack", "li"));
        assertThat(november().allows(PriorityClass.CRITICAL, 0, 1, clock.now())).isTrue();
        booksAreRight();
    }

    @Test
    void thresholdsAreRaisedOnceWithTheirProjection() {
        now(watch.round());
        now(ledger.reading(1, NOVEMBER, BudgetPool.API, 81, "li"));
        List<BudgetThreshold> raised = now(watch.round());
        assertThat(raised).extracting(BudgetThreshold::percent).containsExactlyInAnyOrder(50, 80);
        assertThat(raised)
                .allSatisfy(threshold -> assertThat(threshold.projectedEnd())
                        .hasValueSatisfying(
                                end -> assertThat(end).isBetween("2026-11-11T00:00:00Z", "2026-11-14T00:00:00Z")));
        assertThat(now(watch.round())).isEmpty();
    }

    @Test
    void thresholdsArePassedAnewAfterMoreWasGrantedOrLessWasUsed() {
        now(watch.round());
        now(ledger.reading(1, NOVEMBER, BudgetPool.API, 96, "li"));
        now(watch.round());
        now(ledger.addOn(1, NOVEMBER, BudgetPool.API, 60, "pack", "li"));
        assertThat(now(watch.round()))
                .as("60 % is more than 50 % before and after")
                .isEmpty();
        now(ledger.reading(1, NOVEMBER, BudgetPool.API, 155, "li"));
        assertThat(now(watch.round())).extracting(BudgetThreshold::percent).containsExactlyInAnyOrder(80, 95);
        now(ledger.reading(1, NOVEMBER, BudgetPool.API, 20, "li"));
        now(ledger.reading(1, NOVEMBER, BudgetPool.API, 81, "li"));
        assertThat(now(watch.round())).extracting(BudgetThreshold::percent).containsExactly(50);
        booksAreRight();
    }

    @Test
    void theNextMonthIsOpenBeforeItBeginsUnderTheProfileOfItsFirstDay() {
        now(watch.round());
        assertThat(november().granted()).isEqualTo(100);
        clock.advance(Duration.ofDays(18)).advance(Duration.ofHours(1));
        now(watch.round());
        assertThat(november().granted()).isEqualTo(500);
        assertThat(now(ledger.status(List.of(1L), DECEMBER)).getFirst().granted())
                .isEqualTo(500);
        booksAreRight();
    }

    @Test
    void aRowThatIsNotTheSumOfItsPostingsIsFound() {
        open(ledger, THOUSAND);
        database.execute("UPDATE budget SET spent = 3");
        assertThat(now(audit.verify(1, NOVEMBER))).singleElement().asString().contains("spent 3");
    }

    /** Where an organisation without limits gets one while it sends: whoever wrote the answers did not see the row yet. */
    @Test
    void unitsOfCallsThatEndedWhileTheirMonthWasOpenedDoNotStayReserved() {
        database.execute("""
                INSERT INTO app (tenant_id, organisation_id, name, app_key, secrets_cipher) VALUES (1, 1, 'a', 'k', '');
                INSERT INTO call (tenant_id, id, app_id, channel_id, organisation_id, purpose, api, node, epoch, submission_ids, ordinals,
                                  budget_month, budget_pool, units)
                SELECT 1, sluice_id_floor(now()) + n, 1, 1, 1, 0, 'api', 'node', 1, '{}', '{}', '2026-11-01', 'api', 1 FROM generate_series(1, 4) n
                """);
        now(watch.round());
        assertThat(november().reserved()).isEqualTo(4);
        database.execute("UPDATE call SET state = 1, charge = 1, answered_at = now() WHERE id % 4 IN (1, 2)");
        database.execute("UPDATE call SET state = 8, charge = 2, answered_at = now() WHERE id % 4 = 3");

        now(watch.round());
        assertThat(november().reserved()).isOne();
        assertThat(november().spent()).isEqualTo(2);
        booksAreRight();
    }

    /** What ended since stays in the index of open calls, as beside a backup of hours. */
    @Test
    void theCallsThatAnOpenTransactionKeepsAreNotReadAnewForEachOrganisation(Vertx vertx) throws SQLException {
        Pool one = PgPools.create(vertx, database.connectOptions(), PgTimeouts.STANDARD, "one", 1, 10);
        database.execute("""
                INSERT INTO organisation (tenant_id, platform, corp_id, name) SELECT 1, 'dingtalk', 'c' || n, 'o' FROM generate_series(2, 60) n;
                INSERT INTO app (tenant_id, organisation_id, name, app_key, secrets_cipher) SELECT 1, n, 'a', 'k' || n, '' FROM generate_series(1, 60) n;
                INSERT INTO budget (organisation_id, month, pool, granted) SELECT n, '2026-11-01', 'api', 100 FROM generate_series(1, 60) n;
                INSERT INTO call (tenant_id, id, app_id, channel_id, organisation_id, purpose, api, node, epoch, submission_ids, ordinals,
                                  budget_month, budget_pool, units)
                SELECT 1, sluice_id_floor(now()) + n, 1 + n % 60, 1, 1 + n % 60, 0, 'api', 'node', 1, '{}', '{}', '2026-11-01', 'api', 1
                FROM generate_series(1, 3000) n
                """);
        try (Connection backup = database.connect();
                Statement statement = backup.createStatement()) {
            backup.setAutoCommit(false);
            backup.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            statement.executeQuery("SELECT count(*) FROM tenant").close();
            database.execute("UPDATE call SET state = 1, charge = 1, answered_at = now()");
            database.execute("VACUUM ANALYZE call");
            long before = entriesRead(one);
            now(new BudgetAudit(one)
                    .recount(LongStream.rangeClosed(1, 60).boxed().toList(), NOVEMBER));
            assertThat(entriesRead(one) - before).isBetween(3_000L, 6_000L);
        }
        now(one.close());
    }

    /** Of the indexes of calls, by this connection. */
    private static long entriesRead(Pool one) {
        now(one.query("SELECT pg_stat_force_next_flush()").execute());
        return now(one.query(
                                "SELECT sum(idx_tup_read)::bigint AS entries FROM pg_stat_user_indexes WHERE relname LIKE 'call\\_2%'")
                        .execute())
                .iterator()
                .next()
                .getLong("entries");
    }

    /** Of millions of calls that takes longer than a statement may, and the organisation would not get what it has bought. */
    @Test
    void anotherProfileInTheMonthIsBookedWithoutReadingTheCallsOfTheMonth(Vertx vertx) {
        Pool one = PgPools.create(vertx, database.connectOptions(), PgTimeouts.STANDARD, "one", 1, 10);
        BudgetLedger alone = new BudgetLedger(one, clock);
        open(alone, THOUSAND);
        database.execute("""
                INSERT INTO app (tenant_id, organisation_id, name, app_key, secrets_cipher) VALUES (1, 1, 'a', 'k', '');
                INSERT INTO call (tenant_id, id, app_id, channel_id, organisation_id, purpose, api, node, epoch, submission_ids, ordinals,
                                  budget_month, budget_pool, units)
                SELECT 1, sluice_id_floor(now()) + n, 1, 1, 1, 0, 'api', 'node', 1, '{}', '{}', '2026-11-01', 'api', 1 FROM generate_series(1, 500) n
                """);
        long before = readOfCalls(one);

        open(alone, new Limits(Map.of(Limits.CALLS_PER_MONTH, 2_000L)));
        assertThat(november().granted()).isEqualTo(2_000);
        assertThat(readOfCalls(one)).isEqualTo(before);
        now(one.close());
    }

    /** By this connection. */
    private static long readOfCalls(Pool one) {
        now(one.query("SELECT pg_stat_force_next_flush()").execute());
        return now(one.query(
                                "SELECT sum(idx_tup_fetch + seq_tup_read)::bigint AS rows FROM pg_stat_user_tables WHERE relname LIKE 'call\\_2%'")
                        .execute())
                .iterator()
                .next()
                .getLong("rows");
    }

    @Test
    void whoHasNoBudgetIsTold() {
        assertThatThrownBy(() -> now(ledger.reading(1, NOVEMBER, BudgetPool.WEBHOOK, 1, "li")))
                .hasMessageContaining("organisation 1 has no webhook budget in 2026-11-01");
    }

    private static void open(BudgetLedger ledger, Limits limits) {
        now(ledger.ensureGrants(NOVEMBER, BudgetGrants.of(1, limits), "test"));
    }

    private BudgetStatus november() {
        return now(ledger.status(List.of(1L), NOVEMBER)).getFirst();
    }

    private void booksAreRight() {
        assertThat(now(audit.verify(1, NOVEMBER))).isEmpty();
    }
}
