package dev.sluice.loadtest.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.model.IdSequence;
import dev.sluice.engine.testkit.PostgresExtension;
import dev.sluice.engine.testkit.TestDatabase;
import dev.sluice.engine.time.EngineClock;
import dev.sluice.loadtest.verdict.OrganisationReading.MonthUnits;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A month of 100 units, of which bulk leaves 10; others spent 50 before. */
@ExtendWith({VertxExtension.class, PostgresExtension.class})
class BulkUnitsTest {
    private static final int SEND = 0;
    private static final int RESEND = 1;
    private static final int QUERY = 2;

    private final EngineClock clock = EngineClock.system();
    private final long firstId = IdSequence.floorAt(Instant.now());
    private TestDatabase database;
    private Books books;
    private int calls;

    @BeforeEach
    void open(Vertx vertx, TestDatabase database) {
        this.database = database;
        this.books = new Books(database.pool(vertx), clock);
        database.execute("""
                INSERT INTO tenant (name) VALUES ('t');
                INSERT INTO organisation (tenant_id, platform, corp_id, name) VALUES (1, 'dingtalk', 'c', 'o'), (1, 'dingtalk', 'd', 'p');
                INSERT INTO app (tenant_id, organisation_id, name, app_key, secrets_cipher) VALUES (1, 1, 'a', 'a', ''), (1, 2, 'b', 'b', '');
                INSERT INTO channel (tenant_id, app_id, kind, name, reserve_percent) VALUES (1, 1, 'dingtalk-work', 'a', 10), (1, 2, 'dingtalk-work', 'b', 10);
                INSERT INTO submission (tenant_id, id, channel_id, priority, state, content, content_hash, total)
                  SELECT 1, %1$d + priority, 1, priority, 1, '{}', gen_random_uuid(), 100 FROM generate_series(0, 2) AS priority;
                INSERT INTO budget (organisation_id, month, pool, granted, foreign_spent) VALUES (1, '%2$s', 'api', 100, 50), (2, '%2$s', 'api', 100, 0);
                INSERT INTO budget_posting (organisation_id, month, pool, debit, credit, units, reason, actor, at)
                  VALUES (1, '%2$s', 'api', 'available', 'foreign', 50, 'before', 'li', '2026-01-01')
                """.formatted(firstId, clock.platformMonth()));
    }

    @Test
    void whatIsTakenAfterBulkTookItsLastIsNoneOfIts() {
        book(39, SEND, 2);
        book(1, SEND, 2);
        book(10, SEND, 0);
        assertThat(books.bulkUnits(1)).containsExactly(new MonthUnits(90, 90));
        assertThat(books.bulkUnits(2)).as("another organisation's").isEmpty();
    }

    @Test
    void bulkThatTakesOfTheReserveIsFound() {
        book(35, SEND, 2);
        book(5, SEND, 1);
        book(1, SEND, 2);
        assertThat(books.bulkUnits(1)).containsExactly(new MonthUnits(91, 90));
    }

    @Test
    void aQueryLeavesTheReserveToo() {
        book(41, QUERY);
        assertThat(books.bulkUnits(1)).containsExactly(new MonthUnits(91, 90));
    }

    @Test
    void whatTravelsWithTheUrgentAndWhatIsSentAgainMayUseTheReserve() {
        book(39, SEND, 2);
        book(1, SEND, 2, 1);
        book(1, RESEND, 2);
        assertThat(books.bulkUnits(1)).containsExactly(new MonthUnits(89, 90));
    }

    @Test
    void whatWasReleasedAndWhatOthersSpentLaterDoesNotCount() {
        book(30, SEND, 2);
        database.execute("UPDATE call SET charge = 2");
        book(5, SEND, 2);
        database.execute("""
                INSERT INTO budget_posting (organisation_id, month, pool, debit, credit, units, reason, actor, at)
                  VALUES (1, '%s', 'api', 'available', 'foreign', 40, 'later', 'li', '2099-01-01')
                """.formatted(clock.platformMonth()));
        assertThat(books.bulkUnits(1)).containsExactly(new MonthUnits(55, 90));
    }

    @Test
    void whereNothingIsGrantedOrBulkTookNothingNothingIsJudged() {
        book(5, SEND, 0);
        assertThat(books.bulkUnits(1)).isEmpty();
        book(5, SEND, 2);
        database.execute("DELETE FROM budget WHERE organisation_id = 1");
        assertThat(books.bulkUnits(1)).isEmpty();
    }

    /** The next call: one for each priority, ids of submissions are one behind the other. */
    private void book(int units, int purpose, int... priorities) {
        StringBuilder travellers = new StringBuilder();
        for (int priority : priorities) {
            travellers.append(travellers.isEmpty() ? "" : ",").append(firstId + priority);
        }
        calls++;
        database.execute("""
                INSERT INTO call (tenant_id, id, app_id, channel_id, organisation_id, purpose, api, node, epoch, submission_ids, ordinals,
                                  budget_month, budget_pool, units, intent_at)
                VALUES (1, %1$d, 1, 1, 1, %2$d, 'send', 'n', 1, '{%3$s}', array_fill(0, ARRAY[%4$d]), '%5$s', 'api', %6$d, now() + interval '%7$d seconds')
                """.formatted(
                        firstId - calls, purpose, travellers, priorities.length, clock.platformMonth(), units, calls));
    }
}
