package dev.sluice.engine.settling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.model.BudgetPool;
import dev.sluice.engine.model.PriorityClass;
import dev.sluice.engine.model.Purpose;
import dev.sluice.engine.quota.BudgetStatus;
import dev.sluice.engine.settling.CallIntent.Answer;
import dev.sluice.engine.store.PgPools;
import dev.sluice.engine.store.PgTimeouts;
import dev.sluice.engine.testkit.PostgresExtension;
import dev.sluice.engine.testkit.TestDatabase;
import dev.sluice.engine.testkit.TestWaiting;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import io.vertx.sqlclient.Pool;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Which calls of those that ask together for units of a month may go. */
@ExtendWith({VertxExtension.class, PostgresExtension.class})
class IntentsOfAMonthTest {
    private static final LocalDate MONTH = LocalDate.parse("2026-11-01");
    private static final UUID INCARNATION = new UUID(0, 7);
    private static final long GRANTED = 1_000;
    private static final int EPOCH = 1;
    private static final int ROUNDS = 40;

    private TestDatabase database;
    private Pool pool;
    private IntentStore intents;
    private long nextCall = 1;

    @BeforeEach
    void build(Vertx vertx, TestDatabase database) {
        this.database = database;
        this.pool = PgPools.keyed(vertx, database.connectOptions(), PgTimeouts.STANDARD, "calls", 1, 1);
        this.intents = new IntentStore(pool, INCARNATION, "test");
        database.execute("""
                CREATE TABLE call_early PARTITION OF call FOR VALUES FROM (0) TO (1000000);
                INSERT INTO tenant (name) VALUES ('t');
                INSERT INTO organisation (tenant_id, platform, corp_id, name) VALUES (1, 'dingtalk', 'c', 'o');
                INSERT INTO app (tenant_id, organisation_id, name, app_key, secrets_cipher) VALUES (1, 1, 'a', 'k', '');
                INSERT INTO app_lease (app_id, incarnation, epoch) VALUES (1, '%s', %d);
                INSERT INTO budget (organisation_id, month, pool, granted) VALUES (1, '%s', 'api', %d)
                """.formatted(INCARNATION, EPOCH, MONTH, GRANTED));
    }

    @AfterEach
    void close() {
        TestWaiting.await(pool.close());
    }

    @Test
    void whatIsRefusedTakesNothingFromTheUrgentWhoAskWithIt() {
        database.execute("UPDATE budget SET spent = 990");
        List<CallIntent> bulk =
                IntStream.range(0, 20).mapToObj(i -> intent(EPOCH, 1)).toList();
        List<CallIntent> urgent =
                IntStream.range(0, 10).mapToObj(i -> intent(EPOCH, 0)).toList();

        List<Answer> answers =
                commit(Stream.concat(bulk.stream(), urgent.stream()).toList());

        assertThat(answers.subList(0, 20)).allMatch(Answer.MonthSpent.class::isInstance);
        assertThat(answers.subList(20, 30)).allMatch(Answer.Committed.class::isInstance);
    }

    @Test
    void thoseGoWhomTheBudgetAllowsWhoMayTouchMostOfItFirst() {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        for (int round = 0; round < ROUNDS; round++) {
            long spent = GRANTED - random.nextInt(150);
            database.execute("UPDATE budget SET reserved = 0, spent = " + spent);
            List<CallIntent> asked = new ArrayList<>();
            for (int i = random.nextInt(60); i >= 0; i--) {
                asked.add(intent(
                        random.nextInt(10) == 0 ? EPOCH + 1 : EPOCH,
                        List.of(0, 1, 10).get(random.nextInt(3))));
            }

            assertThat(commit(asked))
                    .as("round %d", round)
                    .map(Object::getClass)
                    .isEqualTo(expected(asked, spent));
        }
    }

    /** The same by the rule for one call, one after the other. */
    private static List<Class<?>> expected(List<CallIntent> asked, long spent) {
        List<Class<?>> answers = new ArrayList<>(Collections.nCopies(asked.size(), Answer.MonthSpent.class));
        long reserved = 0;
        for (CallIntent intent : asked.stream()
                .sorted(Comparator.comparingInt(CallIntent::reservePercent))
                .toList()) {
            BudgetStatus budget = new BudgetStatus(
                    1, MONTH, BudgetPool.API, GRANTED, reserved, spent, 0, Optional.empty(), OptionalLong.empty());
            if (intent.epoch() != EPOCH) {
                answers.set(asked.indexOf(intent), Answer.Fenced.class);
            } else if (budget.allows(PriorityClass.BULK, intent.reservePercent(), 1, Instant.EPOCH)) {
                answers.set(asked.indexOf(intent), Answer.Committed.class);
                reserved++;
            }
        }
        return answers;
    }

    private List<Answer> commit(List<CallIntent> asked) {
        return TestWaiting.await(intents.commit(asked));
    }

    private CallIntent intent(long epoch, int reservePercent) {
        return new CallIntent(
                1,
                nextCall++,
                1,
                epoch,
                1,
                1,
                Purpose.SEND,
                0,
                "api",
                List.of(),
                MONTH,
                BudgetPool.API,
                1,
                true,
                reservePercent);
    }
}
