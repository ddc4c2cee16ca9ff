package dev.sluice.engine.settling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.sluice.engine.model.BudgetPool;
import dev.sluice.engine.model.CallState;
import dev.sluice.engine.model.DeliveryKey;
import dev.sluice.engine.model.DeliveryState;
import dev.sluice.engine.model.PlatformCode;
import dev.sluice.engine.model.Purpose;
import dev.sluice.engine.sending.OutcomePolicy.Charge;
import dev.sluice.engine.settling.CallIntent.Answer;
import dev.sluice.engine.settling.SettleStore.Settled;
import dev.sluice.engine.store.PgPools;
import dev.sluice.engine.store.PgTimeouts;
import dev.sluice.engine.testkit.PostgresExtension;
import dev.sluice.engine.testkit.TestDatabase;
import dev.sluice.engine.testkit.TestWaiting;
import io.vertx.core.CompositeFuture;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import io.vertx.sqlclient.Pool;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Intents and outcomes of many organisations, written at once in any order. */
@ExtendWith({VertxExtension.class, PostgresExtension.class})
class WritersOfCallsTest {
    private static final LocalDate MONTH = LocalDate.parse("2026-11-01");
    private static final UUID INCARNATION = new UUID(0, 7);
    private static final int ORGANISATIONS = 12;
    private static final int WRITERS = 4;
    private static final int ROUNDS = 40;

    private static final String EVERY_BUDGET = "SELECT FROM budget FOR UPDATE NOWAIT";
    private static final String WHO_WAIT =
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);
    private long nextCall = 1;

    @Test
    void neverWaitForEachOther(Vertx vertx, TestDatabase database) {
        System.out.println("seed " + seed);
        makeOrganisations(database);
        Pool pool = PgPools.keyed(vertx, database.connectOptions(), PgTimeouts.STANDARD, "calls", WRITERS, WRITERS);
        List<Future<?>> writers = IntStream.range(0, WRITERS)
                .<Future<?>>mapToObj(writer -> write(pool, writer, 0))
                .toList();
        TestWaiting.await(Future.all(writers));
        TestWaiting.await(pool.close());

        assertThat(database.number("SELECT count(*) FROM call WHERE state = " + CallState.ACCEPTED.code()))
                .isEqualTo((long) ORGANISATIONS * WRITERS * ROUNDS);
        assertThat(database.number("SELECT sum(spent)::bigint FROM budget"))
                .isEqualTo((long) ORGANISATIONS * WRITERS * ROUNDS);
        assertThat(database.number("SELECT sum(reserved)::bigint FROM budget")).isZero();
        assertThat(database.number("SELECT sum(sent)::bigint FROM submission"))
                .isEqualTo((long) ORGANISATIONS * WRITERS * ROUNDS);
        assertThat(database.number("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()"))
                .isZero();
    }

    /** Who holds a lease exclusively takes an app over; who waits for that may not keep an organisation's other apps waiting. */
    @Test
    void waitForALeaseWithoutHoldingABudget(Vertx vertx, TestDatabase database) throws SQLException {
        makeOrganisations(database);
        Pool pool = PgPools.keyed(vertx, database.connectOptions(), PgTimeouts.STANDARD, "calls", 1, 1);
        try (Connection holder = holding(database, "SELECT FROM app_lease WHERE app_id = 1 FOR UPDATE")) {
            Future<List<Answer>> committed = new IntentStore(pool, INCARNATION, "test").commit(List.of(intent(1, 0)));
            awaitSomebodyWaits(database);

            assertThatCode(() -> database.execute(EVERY_BUDGET)).doesNotThrowAnyException();

            holder.rollback();
            assertThat(TestWaiting.await(committed)).containsExactly(new Answer.Committed());
        }
        TestWaiting.await(pool.close());
    }

    @Test
    void waitForASubmissionWithoutHoldingABudget(Vertx vertx, TestDatabase database) throws SQLException {
        makeOrganisations(database);
        Pool pool = PgPools.keyed(vertx, database.connectOptions(), PgTimeouts.STANDARD, "calls", 1, 1);
        CallIntent intent = intent(1, 0);
        TestWaiting.await(new IntentStore(pool, INCARNATION, "test").commit(List.of(intent)));
        try (Connection holder = holding(database, "SELECT FROM submission WHERE id = 1 FOR UPDATE")) {
            Future<Settled> settled = new SettleStore(pool, INCARNATION).settle(List.of(accepted(intent)));
            awaitSomebodyWaits(database);

            assertThatCode(() -> database.execute(EVERY_BUDGET)).doesNotThrowAnyException();

            holder.rollback();
            assertThat(TestWaiting.await(settled).changed()).isEqualTo(1);
        }
        TestWaiting.await(pool.close());
    }

    /** In the moment in which the month of its organisation was opened, so that nothing is reserved for it there. */
    @Test
    void settleACallThatHasReservedNothing(Vertx vertx, TestDatabase database) {
        makeOrganisations(database);
        Pool pool = PgPools.keyed(vertx, database.connectOptions(), PgTimeouts.STANDARD, "calls", 1, 1);
        CallIntent intent = intent(1, 0);
        TestWaiting.await(new IntentStore(pool, INCARNATION, "test").commit(List.of(intent)));
        database.execute("UPDATE budget SET reserved = 0");

        Future<Settled> settled = new SettleStore(pool, INCARNATION).settle(List.of(accepted(intent)));

        assertThat(TestWaiting.await(settled).changed()).isEqualTo(1);
        assertThat(database.number("SELECT spent FROM budget WHERE organisation_id = 1"))
                .isEqualTo(1);
        TestWaiting.await(pool.close());
    }

    /** After an outage those are all calls in flight: one by one they took half a minute, and the connections of outcomes with it. */
    @Test
    void withdrawTogetherWhatPostgresDidNotTake(Vertx vertx, TestDatabase database) throws SQLException {
        makeOrganisations(database);
        Pool pool = PgPools.keyed(vertx, database.connectOptions(), PgTimeouts.STANDARD, "calls", 1, 1);
        List<CallIntent> intents = IntStream.range(0, 100)
                .mapToObj(i -> intent(1 + i % ORGANISATIONS, i))
                .toList();
        try (Connection holder = holding(database, "SELECT FROM app_lease WHERE app_id = 1 FOR UPDATE")) {
            Promise<List<Answer>> answers = Promise.promise();
            vertx.runOnContext(turn -> {
                Intents writer = new Intents(vertx, new IntentStore(pool, INCARNATION, "test"));
                Future.all(intents.stream().map(writer::commit).toList())
                        .map(CompositeFuture::<Answer>list)
                        .onComplete(answers);
            });
            awaitSomebodyWaits(database);
            database.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    + " WHERE datname = current_database() AND wait_event_type = 'Lock'");

            assertThat(TestWaiting.await(answers.future())).hasSize(100).allMatch(Answer.Withdrawn.class::isInstance);
            holder.rollback();
        }
        assertThat(database.number("SELECT count(*) FROM call WHERE state = " + CallState.NOT_SENT.code()))
                .isEqualTo(100);
        assertThat(database.number("SELECT count(DISTINCT xmin::text) FROM call"))
                .isOne();
        TestWaiting.await(pool.close());
    }

    @Test
    void giveBackTheUnitsOfWithdrawnIntentsThatWereDurable(Vertx vertx, TestDatabase database) {
        makeOrganisations(database);
        Pool pool = PgPools.keyed(vertx, database.connectOptions(), PgTimeouts.STANDARD, "calls", 1, 1);
        IntentStore store = new IntentStore(pool, INCARNATION, "test");
        List<CallIntent> intents =
                IntStream.range(0, 30).mapToObj(i -> intent(1 + i % 3, i)).toList();
        TestWaiting.await(store.commit(intents.subList(0, 20)));

        TestWaiting.await(store.withdraw(intents));
        TestWaiting.await(store.withdraw(intents));
        assertThat(database.number("SELECT count(*) FROM call WHERE state = " + CallState.NOT_SENT.code()))
                .isEqualTo(30);
        assertThat(database.number("SELECT sum(reserved)::bigint FROM budget")).isZero();
        TestWaiting.await(pool.close());
    }

    private static Connection holding(TestDatabase database, String locks) throws SQLException {
        Connection holder = database.connect();
        holder.setAutoCommit(false);
        try (Statement statement = holder.createStatement()) {
            statement.execute(locks);
        }
        return holder;
    }

    private static void awaitSomebodyWaits(TestDatabase database) {
        TestWaiting.until(
                TestWaiting.PATIENCE, () -> database.number(WHO_WAIT) > 0, () -> "nobody waits for what is held");
    }

    /** A round: intents for a delivery of each organisation, and their outcomes, each in another order. */
    private Future<Void> write(Pool pool, int writer, int round) {
        if (round == ROUNDS) {
            return Future.succeededFuture();
        }
        List<CallIntent> intents = new ArrayList<>();
        for (int organisation = 1; organisation <= ORGANISATIONS; organisation++) {
            intents.add(intent(organisation, writer * ROUNDS + round));
        }
        Collections.shuffle(intents, random);
        List<CallIntent> answered = new ArrayList<>(intents);
        Collections.shuffle(answered, random);
        return new IntentStore(pool, INCARNATION, "test")
                .commit(intents)
                .compose(answers -> {
                    assertThat(answers).allMatch(Answer.Committed.class::isInstance);
                    return new SettleStore(pool, INCARNATION)
                            .settle(answered.stream().map(this::accepted).toList());
                })
                .compose(changed -> write(pool, writer, round + 1));
    }

    private CallIntent intent(long organisation, int ordinal) {
        return new CallIntent(
                1,
                nextCall++,
                organisation,
                1,
                1,
                organisation,
                Purpose.SEND,
                0,
                "api",
                List.of(new DeliveryKey(organisation, ordinal)),
                MONTH,
                BudgetPool.API,
                1,
                true,
                0);
    }

    private Settlement accepted(CallIntent intent) {
        CallAnswer answer = new CallAnswer(
                1, intent.callId(), CallState.OPEN, CallState.ACCEPTED, Charge.SPENT, "task", PlatformCode.NONE, -1);
        DeliveryChange sent = new DeliveryChange(
                1,
                intent.deliveries().get(0),
                DeliveryState.WAITING,
                DeliveryState.SENT,
                null,
                intent.callId(),
                intent.callId(),
                0);
        return new Settlement(intent.appId(), 1, List.of(answer), List.of(sent), List.of());
    }

    private static void makeOrganisations(TestDatabase database) {
        database.execute("""
                CREATE TABLE submission_early PARTITION OF submission FOR VALUES FROM (0) TO (1000);
                CREATE TABLE delivery_early PARTITION OF delivery FOR VALUES FROM (0) TO (1000);
                CREATE TABLE call_early PARTITION OF call FOR VALUES FROM (0) TO (1000000);
                INSERT INTO tenant (name) VALUES ('t');
                INSERT INTO organisation (tenant_id, platform, corp_id, name)
                  SELECT 1, 'dingtalk', 'corp' || n, 'o' FROM generate_series(1, %1$d) n;
                INSERT INTO app (tenant_id, organisation_id, name, app_key, agent_id, robot_code, secrets_cipher)
                  SELECT 1, n, 'app' || n, 'key' || n, 1, 'r', '' FROM generate_series(1, %1$d) n;
                INSERT INTO app_lease (app_id, incarnation, epoch) SELECT n, '%2$s', 1 FROM generate_series(1, %1$d) n;
                INSERT INTO budget (organisation_id, month, pool, granted)
                  SELECT n, '%3$s', 'api', 1000000 FROM generate_series(1, %1$d) n;
                INSERT INTO submission (tenant_id, id, channel_id, priority, state, content, content_hash, total)
                  SELECT 1, n, 1, 2, 1, '{}', '%2$s', %4$d FROM generate_series(1, %1$d) n;
                INSERT INTO delivery (tenant_id, submission_id, ordinal, channel_id, recipient)
                  SELECT 1, n, o, 1, 'user' || o FROM generate_series(1, %1$d) n, generate_series(0, %4$d - 1) o
                """.formatted(ORGANISATIONS, INCARNATION, MONTH, WRITERS * ROUNDS));
    }
}
