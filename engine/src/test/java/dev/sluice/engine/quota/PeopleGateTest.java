package dev.sluice.engine.quota;

import static dev.sluice.engine.quota.PeopleGate.Verdict.DAY_LIMIT;
import static dev.sluice.engine.quota.PeopleGate.Verdict.GO;
import static dev.sluice.engine.quota.PeopleGate.Verdict.SAME_CONTENT_TODAY;
import static dev.sluice.engine.quota.SlotRig.now;
import static dev.sluice.engine.quota.SlotRig.waitFor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.engine.model.ContentHash;
import dev.sluice.engine.model.DeliveryKey;
import dev.sluice.engine.model.IdSequence;
import dev.sluice.engine.quota.LaneGates.PeopleRule;
import dev.sluice.engine.quota.PeopleGate.Traveller;
import dev.sluice.engine.quota.PeopleGate.Verdict;
import dev.sluice.engine.redis.RedisCommands;
import dev.sluice.engine.testkit.PostgresExtension;
import dev.sluice.engine.testkit.RedisExtension;
import dev.sluice.engine.testkit.TestDatabase;
import dev.sluice.engine.testkit.TestRedis;
import dev.sluice.engine.time.EngineClock;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith({VertxExtension.class, PostgresExtension.class, RedisExtension.class})
class PeopleGateTest {
    private static final PeopleRule RULE = new PeopleRule("app:12", "send", 2, true);
    private static final LocalDate DATE = EngineClock.system().platformDay();
    private static final PeopleDay TODAY = new PeopleDay(RULE, DATE);
    private static final UUID NEWS = ContentHash.of("news");
    private static final UUID LUNCH = ContentHash.of("lunch");
    private static final UUID PARTY = ContentHash.of("party");

    private TestRedis redis;
    private TestDatabase database;
    private RedisPeopleGate gate;

    @BeforeEach
    void build(Vertx vertx, TestRedis redis, TestDatabase database) {
        this.redis = redis;
        this.database = database;
        this.gate = new RedisPeopleGate(
                vertx, redis.commands(vertx), new StoredPeopleHistory(database.pool(vertx)), SlotRig.TIMING);
    }

    @Test
    void theSameContentGoesToAPersonOnceADay() {
        assertThat(admit(NEWS, person("li", 1), person("wang", 2))).containsExactly(GO, GO);
        assertThat(admit(NEWS, person("li", 3), person("zhao", 4))).containsExactly(SAME_CONTENT_TODAY, GO);
    }

    @Test
    void aPersonTwiceInOneQuestionGetsItOnce() {
        assertThat(admit(NEWS, person("li", 1), person("li", 2))).containsExactly(GO, SAME_CONTENT_TODAY);
    }

    @Test
    void aPersonGetsNoMoreThanTheDayAllows() {
        admit(NEWS, person("li", 1));
        admit(LUNCH, person("li", 2));
        assertThat(admit(PARTY, person("li", 3), person("wang", 4))).containsExactly(DAY_LIMIT, GO);
    }

    @Test
    void aDeliveryThatHasItsMarkMayAskAgain() {
        admit(NEWS, person("li", 1));
        assertThat(admit(NEWS, person("li", 1))).containsExactly(GO);
        assertThat(admit(LUNCH, person("li", 2))).containsExactly(GO);
        assertThat(admit(NEWS, person("li", 1))).containsExactly(GO);
    }

    @Test
    void aMarkThatIsGivenBackCountsNoMore() {
        admit(NEWS, person("li", 1));
        now(gate.giveBack(TODAY, List.of(person("li", 9), person("wang", 1))));
        assertThat(admit(NEWS, person("li", 2))).containsExactly(SAME_CONTENT_TODAY);
        now(gate.giveBack(TODAY, List.of(person("li", 1))));
        assertThat(admit(NEWS, person("li", 2))).containsExactly(GO);
    }

    /** Else the claim is gone when the wait is over, and the day never opens. */
    @Test
    void aClaimOutlivesTheWaitOfItsRebuildHoweverOldAGrantMayBe(Vertx vertx) {
        RedisCommands commands = redis.commands(vertx);
        new RedisPeopleGate(vertx, commands, new StoredPeopleHistory(database.pool(vertx)), SlotRig.SLOW).warm(TODAY);
        assertThat(SlotRig.lifeMillis(commands, TODAY.key(commands))).isGreaterThan(SlotRig.SLOW.leftMillis());
    }

    @Test
    void anotherDayStartsAfresh() {
        admit(NEWS, person("li", 1));
        assertThat(admitOn(new PeopleDay(RULE, DATE.plusDays(1)), NEWS, person("li", 2)))
                .containsExactly(GO);
    }

    @Test
    void aLostDayIsRebuiltFromTheCallsThatPostgresKnows() {
        long accepted = store(NEWS, 120, 1);
        store(LUNCH, 1, 8);
        admit(PARTY, person("somebody", 1));
        redis.flushAll();
        assertThatThrownBy(() -> now(gate.admit(TODAY, NEWS, List.of(person("p-0", 1)))))
                .hasMessageContaining("being rebuilt");
        assertThat(admit(NEWS, person("p-0", 1), person("p-119", 1), person("p-120", 1)))
                .containsExactly(SAME_CONTENT_TODAY, SAME_CONTENT_TODAY, GO);
        assertThat(admit(LUNCH, person("p-0", 1))).containsExactly(GO);
        assertThat(admit(NEWS, new Traveller("p-7", new DeliveryKey(accepted, 7))))
                .containsExactly(GO);
    }

    /** In pages of fifty calls. */
    @Test
    void aDayOfAMillionCallsIsRebuiltToItsEnd(Vertx vertx) {
        RedisPeopleGate gate = new RedisPeopleGate(vertx, redis.commands(vertx), new LongDay(vertx), SlotRig.TIMING);

        now(gate.warm(TODAY));

        assertThat(now(gate.admit(TODAY, NEWS, List.of(person("first", 1), person("last", 2), person("li", 3)))))
                .containsExactly(SAME_CONTENT_TODAY, SAME_CONTENT_TODAY, GO);
    }

    /** A million of them take Redis more than half a second, in which nobody gets a slot. */
    @Test
    void peopleOfALostDayAndOfOneThatIsOverEndBesideTheWorkOfRedis(Vertx vertx) {
        RedisCommands commands = redis.commands(vertx);
        long before = endedBeside(commands);
        now(commands.send(peopleOfBefore(commands.keyPrefix() + "over")));
        now(commands.send(
                Request.cmd(Command.PEXPIRE).arg(commands.keyPrefix() + "over").arg(1)));
        waitFor(() -> endedBeside(commands) > before);

        now(commands.send(peopleOfBefore(TODAY.key(commands))));
        assertThat(admit(NEWS, person("li", 1))).containsExactly(GO);
        waitFor(() -> endedBeside(commands) > before + 1);
    }

    private static Request peopleOfBefore(String key) {
        Request people = Request.cmd(Command.HSET).arg(key).arg("run").arg("another");
        IntStream.range(0, 1_000).forEach(i -> people.arg("person-" + i).arg("marks"));
        return people;
    }

    private static long endedBeside(RedisCommands commands) {
        return now(commands.send(Request.cmd(Command.INFO).arg("memory")))
                .toString()
                .lines()
                .filter(line -> line.startsWith("lazyfreed_objects:"))
                .mapToLong(line ->
                        Long.parseLong(line.substring(line.indexOf(':') + 1).strip()))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void manyLostDaysOpenInOneRoundEachWithItsOwnPeople() {
        store(NEWS, 3, 1);
        List<PeopleDay> days = IntStream.range(0, 40)
                .mapToObj(i ->
                        new PeopleDay(new PeopleRule((i % 2 == 0 ? "app:" : "channel:") + i, "send", 2, true), DATE))
                .toList();
        now(Future.join(days.stream().map(day -> gate.warm(day)).toList()));
        for (PeopleDay day : days) {
            assertThat(now(gate.admit(day, NEWS, List.of(person("p-0", 1)))))
                    .as(day.toString())
                    .containsExactly(day.equals(TODAY) ? SAME_CONTENT_TODAY : GO);
        }
    }

    @Test
    void callsThatReachedNobodyLeaveNoMarks() {
        store(NEWS, 1, 8);
        assertThat(admit(NEWS, person("p-0", 1))).containsExactly(GO);
    }

    @Test
    void moreThanAThousandAreRefused() {
        List<Traveller> crowd =
                IntStream.range(0, 1_001).mapToObj(i -> person("p" + i, i)).toList();
        assertThatThrownBy(() -> now(gate.admit(TODAY, NEWS, crowd))).hasMessageContaining("not 1001");
    }

    /** Twenty thousand pages, with somebody in the first and in the last. */
    private record LongDay(Vertx vertx) implements PeopleHistory {
        private static final long PAGES = 20_000;

        @Override
        public Future<Set<PeopleDay>> withCalls(List<PeopleDay> days) {
            return Future.succeededFuture(Set.copyOf(days));
        }

        @Override
        public Future<Page> page(PeopleDay day, long afterCallId) {
            long page = afterCallId + 1;
            Promise<Page> read = Promise.promise();
            vertx.runOnContext(later -> read.complete(new Page(page, page == PAGES, journeys(page))));
            return read.future();
        }

        private static List<Journey> journeys(long page) {
            if (page == 1) {
                return List.of(new Journey("first", new DeliveryKey(1, 1), NEWS));
            }
            return page == PAGES ? List.of(new Journey("last", new DeliveryKey(1, 2), NEWS)) : List.of();
        }
    }

    private List<Verdict> admit(UUID content, Traveller... travellers) {
        return admitOn(TODAY, content, travellers);
    }

    /** Waits until the day is open. */
    private List<Verdict> admitOn(PeopleDay day, UUID content, Traveller... travellers) {
        waitFor(() -> now(gate.admit(day, ContentHash.of("opening"), List.of(person("nobody", 0)))
                .map(true)
                .otherwise(false)));
        return now(gate.admit(day, content, List.of(travellers)));
    }

    private static Traveller person(String recipient, int ordinal) {
        return new Traveller(recipient, new DeliveryKey(77, ordinal));
    }

    /** A submission to p-0, p-1, ... with one call for every delivery, all in one state. */
    private long store(UUID content, int people, int callState) {
        long submission = IdSequence.floorAt(Instant.now()) + callState;
        database.execute("""
                INSERT INTO submission (tenant_id, id, channel_id, priority, state, content, content_hash, total)
                  VALUES (1, %1$d, 1, 2, 1, '', '%2$s', %3$d);
                INSERT INTO delivery (tenant_id, submission_id, ordinal, channel_id, recipient)
                  SELECT 1, %1$d, i, 1, 'p-' || i FROM generate_series(0, %3$d - 1) i;
                INSERT INTO call (tenant_id, id, app_id, channel_id, organisation_id, purpose, api, node, epoch, submission_ids, ordinals,
                    budget_month, budget_pool, units, state, answered_at)
                  SELECT 1, %1$d + 1000 * (i + 1), 12, 1, 1, 0, 'send', 'n1', 1, ARRAY[%1$d], ARRAY[i], '2026-11-01', 'api', 1, %4$d, clock_timestamp()
                  FROM generate_series(0, %3$d - 1) i
                """.formatted(submission, content, people, callState));
        return submission;
    }
}
