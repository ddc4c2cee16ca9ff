package dev.sluice.engine.quota;

import static dev.sluice.engine.quota.SlotRig.SLOW;
import static dev.sluice.engine.quota.SlotRig.TIMING;
import static dev.sluice.engine.quota.SlotRig.lifeMillis;
import static dev.sluice.engine.quota.SlotRig.now;
import static dev.sluice.engine.quota.SlotRig.open;
import static dev.sluice.engine.quota.SlotRig.waitFor;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.quota.SlotAnswer.Granted;
import dev.sluice.engine.quota.SlotAnswer.NotBefore;
import dev.sluice.engine.quota.SlotAnswer.Unavailable;
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
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the gates promise to whoever asks. Windows are long, so that nothing comes back by itself unless the test is about that. */
@ExtendWith({VertxExtension.class, PostgresExtension.class, RedisExtension.class})
class SlotGatesTest {
    private static final SlotGate CALLS = new SlotGate("app:12", "qps:send", 3, 60_000, false);
    private static final SlotGate PEOPLE = new SlotGate("app:12", "people:send", 100, 60_000, true);
    private static final SlotGate ADDRESS = new SlotGate("ip:default", "calls", 2, 60_000, false);
    private static final SlotRequest CALL = new SlotRequest(CALLS, 1, 3);

    private TestRedis redis;
    private SlotRig rig;
    private RedisSlotGates gates;

    @BeforeEach
    void build(Vertx vertx, TestRedis redis, TestDatabase database) {
        this.redis = redis;
        this.rig = new SlotRig(vertx, redis, database);
        this.gates = rig.gates();
    }

    @Test
    void grantsTheCapacityAndThenSaysWhoRefusesAndForHowLong() {
        open(gates, CALL);
        for (int call = 0; call < 3; call++) {
            assertThat(take("t" + call, CALL)).isInstanceOf(Granted.class);
        }
        NotBefore refusal = (NotBefore) take("t3", CALL);
        assertThat(refusal.gate()).isEqualTo(CALLS);
        assertThat(refusal.waitMillis()).isBetween(1L, TIMING.holdMicros(CALLS) / 1_000 + 1);
    }

    @Test
    void aReleasedSlotIsFreeAtOnceAndASettledOneAfterItsWindow() {
        open(gates, CALL);
        Granted first = (Granted) take("t0", CALL);
        Granted second = (Granted) take("t1", CALL);
        take("t2", CALL);
        now(gates.release(first.permit()));
        assertThat(take("t3", CALL)).isInstanceOf(Granted.class);
        now(gates.settle(second.permit(), 1));
        NotBefore refusal = (NotBefore) take("t4", CALL);
        assertThat(refusal.waitMillis()).isLessThanOrEqualTo(TIMING.windowMicros(CALLS) / 1_000 + 1);
    }

    /** Else the claim is gone when the wait is over, and the gate never opens. */
    @Test
    void aClaimOutlivesTheWaitOfItsRebuildHoweverOldAGrantMayBe(Vertx vertx) {
        RedisCommands commands = redis.commands(vertx);
        assertThat(now(rig.gates(SLOW).take("t0", List.of(CALL)))).isInstanceOf(Unavailable.class);
        assertThat(lifeMillis(commands, new SlotKeys(commands.keyPrefix()).of(CALLS)))
                .isGreaterThan(SLOW.leftMillis());
    }

    @Test
    void aSlotWithoutAnAnswerComesBackAfterTheHold() {
        SlotGate brief = new SlotGate("app:12", "qps:brief", 1, 10, false);
        SlotRequest request = new SlotRequest(brief, 1, 1);
        open(gates, request);
        long askedNanos = System.nanoTime();
        assertThat(take("lost", request)).isInstanceOf(Granted.class);
        assertThat(granted("next", request).notBeforeNanos() - askedNanos)
                .isGreaterThanOrEqualTo((TIMING.holdMicros(brief) - 1_000) * 1_000);
    }

    /** Seen from the server, what was granted before is held for an hour more. */
    @Test
    void aClockOfTheServerThatIsSetBackShutsAGateForNoLongerThanTheHold(Vertx vertx) {
        SlotGate brief = new SlotGate("app:12", "qps:brief", 1, 10, false);
        SlotRequest request = new SlotRequest(brief, 1, 1);
        open(gates, request);
        assertThat(take("t0", request)).isInstanceOf(Granted.class);
        RedisCommands commands = redis.commands(vertx);
        String key = new SlotKeys(commands.keyPrefix()).of(brief);
        now(commands.send(
                Request.cmd(Command.ZINCRBY).arg(key).arg(3_600_000_000L).arg("1:t0")));

        NotBefore refusal = (NotBefore) take("t1", request);
        assertThat(refusal.waitMillis()).isLessThanOrEqualTo(TIMING.holdMicros(brief) / 1_000 + 1);
        waitFor(() -> take("t2", request) instanceof Granted);
    }

    @Test
    void aSlotIsGrantedALittleBeforeItIsFreeToBeUsedThen() {
        SlotGate brief = new SlotGate("app:12", "qps:brief", 1, 3_000, false);
        SlotRequest request = new SlotRequest(brief, 1, 1);
        open(gates, request);
        SlotPermit first = granted("first", request);
        long settledNanos = System.nanoTime();
        now(gates.settle(first, 1));
        SlotPermit second = granted("second", request);
        assertThat(second.notBeforeNanos())
                .as("not before the window is over")
                .isGreaterThanOrEqualTo(settledNanos + TIMING.windowMicros(brief) * 1_000);
        assertThat(second.grantedAtNanos()).isLessThanOrEqualTo(second.notBeforeNanos());
        assertThat(take("third", request)).as("granted once").isInstanceOf(NotBefore.class);
    }

    @Test
    void aStaleAnswerFreesNothingThatWasGrantedAgain() {
        open(gates, CALL);
        Granted first = (Granted) take("t0", CALL);
        take("t1", CALL);
        take("t2", CALL);
        now(gates.release(first.permit()));
        take("t3", CALL);
        now(gates.release(first.permit()));
        now(gates.settle(first.permit(), 1));
        assertThat(take("t4", CALL)).isInstanceOf(NotBefore.class);
    }

    @Test
    void aCeilingKeepsAReserveForThoseWhoMayGoHigher() {
        open(gates, CALL);
        SlotRequest bulk = new SlotRequest(CALLS, 1, 2);
        take("t0", bulk);
        take("t1", bulk);
        assertThat(take("t2", bulk)).isInstanceOf(NotBefore.class);
        assertThat(take("t3", CALL)).isInstanceOf(Granted.class);
    }

    /** Somebody enters a wrong limit and takes it back within the minute. */
    @Test
    void whatIsHeldCountsUnderALimitThatIsChangedAndUnderTheFormerOneAgain() {
        SlotGate raised = new SlotGate(CALLS.scope(), CALLS.name(), 5, CALLS.windowMillis(), false);
        SlotRequest more = new SlotRequest(raised, 1, 5);
        open(gates, CALL);
        take("t0", CALL);
        take("t1", CALL);
        open(gates, more);
        take("t2", more);
        take("t3", more);
        assertThat(take("t4", CALL)).as("four are held of three").isInstanceOf(NotBefore.class);
        assertThat(take("t5", more)).isInstanceOf(Granted.class);
        assertThat(take("t6", more)).isInstanceOf(NotBefore.class);
    }

    @Test
    void surplusPeopleComeBackAtOnce() {
        SlotRequest batch = new SlotRequest(PEOPLE, 100, 100);
        open(gates, batch);
        Granted full = (Granted) take("t0", batch);
        now(gates.settle(full.permit(), 37));
        assertThat(take("t1", new SlotRequest(PEOPLE, 64, 100))).isInstanceOf(NotBefore.class);
        assertThat(take("t2", new SlotRequest(PEOPLE, 63, 100))).isInstanceOf(Granted.class);
    }

    @Test
    void aRefusalAtOneGateTakesNothingAtTheOthers() {
        SlotRequest address = new SlotRequest(ADDRESS, 1, 2);
        open(gates, CALL, address);
        take("t0", address);
        take("t1", address);
        NotBefore refusal = (NotBefore) take("t2", CALL, address);
        assertThat(refusal.gate()).isEqualTo(ADDRESS);
        take("t3", new SlotRequest(CALLS, 3, 3));
        assertThat(take("t4", CALL)).isInstanceOf(NotBefore.class);
    }

    /** Asked for again under the same name they would be counted twice, and come back once. */
    @Test
    void whereSlotsMayNotHaveComeBackNobodyIsToldToAskAgain(Vertx vertx) {
        SlotRequest address = new SlotRequest(ADDRESS, 2, 2);
        open(gates, CALL);
        open(gates, address);
        assertThat(take("t0", address)).isInstanceOf(Granted.class);
        assertThat(take("t1", CALL, address)).isInstanceOf(NotBefore.class);

        RedisCommands commands = redis.commands(vertx);
        RedisSlotGates losing = new RedisSlotGates(
                vertx,
                new RedisCommands(new LosingThird(commands.redis()), commands.keyPrefix(), commands.timeoutMillis()),
                new StoredCallHistory(rig.log().pool(), TIMING),
                TIMING,
                EngineClock.system());
        assertThat(now(losing.take("t2", List.of(CALL, address)))).isInstanceOf(Unavailable.class);
    }

    /** The third command is lost: after a slot at the one scope and a refusal at the other, what gives the slot back. */
    private record LosingThird(Redis redis, AtomicInteger sent) implements Redis {
        LosingThird(Redis redis) {
            this(redis, new AtomicInteger());
        }

        @Override
        public Future<Response> send(Request command) {
            return sent.incrementAndGet() == 3 ? Future.failedFuture("lost") : redis.send(command);
        }

        @Override
        public Future<List<Response>> batch(List<Request> commands) {
            return redis.batch(commands);
        }

        @Override
        public Future<RedisConnection> connect() {
            return redis.connect();
        }

        @Override
        public Future<Void> close() {
            return redis.close();
        }
    }

    @Test
    void theSlowestGateOfAScopeIsTheOneNamed() {
        SlotGate slow = new SlotGate("app:12", "qps:slow", 3, 120_000, false);
        SlotRequest both = new SlotRequest(slow, 3, 3);
        open(gates, CALL, both);
        take("t0", new SlotRequest(CALLS, 3, 3), both);
        assertThat(((NotBefore) take("t1", CALL, both)).gate()).isEqualTo(slow);
    }

    @Test
    void aLostGateIsShutUntilItIsRebuiltFromTheCallsInPostgres() {
        open(gates, CALL);
        long answered = rig.log().nextId(1);
        long open = rig.log().nextId(2);
        now(rig.log().commit(new CallLog.Intent(answered, 1)));
        now(rig.log().answered(answered));
        now(rig.log().commit(new CallLog.Intent(open, 1)));
        long neverLeft = rig.log().nextId(3);
        now(rig.log().commit(new CallLog.Intent(neverLeft, 1)));
        now(rig.log().neverLeft(neverLeft));

        redis.flushAll();
        assertThat(take("t0", CALL)).isInstanceOf(Unavailable.class);
        open(gates, CALL);
        assertThat(take("t1", CALL)).isInstanceOf(Granted.class);
        assertThat(take("t2", CALL)).isInstanceOf(NotBefore.class);
        now(gates.release(new SlotPermit(Long.toString(open), List.of(CALL), 0, 0)));
        assertThat(take("t3", CALL)).isInstanceOf(Granted.class);
    }

    @Test
    void peopleOfCallsInPostgresCountAfterALoss() {
        SlotRequest batch = new SlotRequest(PEOPLE, 10, 100);
        now(rig.log().commit(new CallLog.Intent(rig.log().nextId(4), 91)));
        waitFor(() -> !(take("t0", batch) instanceof Unavailable));
        assertThat(take("t1", batch)).isInstanceOf(NotBefore.class);
        assertThat(take("t2", new SlotRequest(PEOPLE, 9, 100))).isInstanceOf(Granted.class);
    }

    @Test
    void thousandsOfLostGatesAreRebuiltEachFromItsOwnCalls(TestDatabase database) {
        database.execute("INSERT INTO tenant (name) VALUES ('acme')");
        long open = rig.log().nextId(5);
        now(rig.log().commit(new CallLog.Intent(open, 7)));
        List<SlotGate> many = new ArrayList<>(List.of(PEOPLE, ADDRESS));
        for (int app = 100; app < 2_100; app++) {
            many.add(new SlotGate("app:" + app, "people:send", 100, 60_000, true));
            many.add(new SlotGate("channel:" + app, "calls", 3, 60_000, false));
            many.add(new SlotGate("org:" + app, "calls", 3, 60_000, false));
        }
        now(gates.warm(many));
        for (SlotGate gate : many) {
            long held = gate.equals(PEOPLE) ? 7 : gate.equals(ADDRESS) ? 1 : 0;
            int free = (int) (gate.capacity() - held);
            assertThat(take("all", new SlotRequest(gate, free, gate.capacity())))
                    .as(gate.scope())
                    .isInstanceOf(Granted.class);
            assertThat(take("one", new SlotRequest(gate, 1, gate.capacity())))
                    .as(gate.scope())
                    .isInstanceOf(NotBefore.class);
        }
    }

    @Test
    void questionsOfOneTurnAreAnsweredOneAfterTheOther(Vertx vertx) {
        open(gates, CALL);
        SlotGate slow = new SlotGate("app:12", "qps:slow", 1, 60_000, false);
        SlotRequest other = new SlotRequest(slow, 1, 1);
        open(gates, other);
        Promise<List<SlotAnswer>> answers = Promise.promise();
        vertx.runOnContext(turn -> Future.all(List.of(
                        gates.take("t0", List.of(CALL)),
                        gates.take("t1", List.of(CALL)),
                        gates.take("t2", List.of(other)),
                        gates.take("t3", List.of(CALL)),
                        gates.take("t4", List.of(CALL)),
                        gates.take("t5", List.of(other))))
                .map(all -> all.<SlotAnswer>list())
                .onComplete(answers));
        assertThat(now(answers.future()).stream()
                        .map(answer -> answer.getClass().getSimpleName()))
                .containsExactly("Granted", "Granted", "Granted", "Granted", "NotBefore", "NotBefore");
    }

    @Test
    void aStoppedRedisIsUnavailableAndComesBackByItself() {
        open(gates, CALL);
        redis.stop();
        assertThat(take("t0", CALL)).isInstanceOf(Unavailable.class);
        redis.start();
        open(gates, CALL);
    }

    /** Random takes, settles and releases: the maintained sum is the sum of what is held, and never above the capacity. */
    @Test
    void theSumOfAGateIsWhatItsEntriesHold() {
        long seed = new Random().nextLong();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        open(gates, new SlotRequest(PEOPLE, 1, 100));
        List<SlotPermit> held = new ArrayList<>();
        for (int step = 0; step < 300; step++) {
            if (held.isEmpty() || random.nextInt(3) > 0) {
                if (take("s" + step, new SlotRequest(PEOPLE, 1 + random.nextInt(40), 100)) instanceof Granted granted) {
                    held.add(granted.permit());
                }
            } else {
                SlotPermit permit = held.remove(random.nextInt(held.size()));
                now(random.nextBoolean() ? gates.release(permit) : gates.settle(permit, random.nextInt(45)));
            }
            if (step % 20 == 19) {
                assertThat(sumOfEntries()).isEqualTo(maintainedSum()).isLessThanOrEqualTo(100);
            }
        }
    }

    private SlotAnswer take(String token, SlotRequest... requests) {
        return now(gates.take(token, List.of(requests)));
    }

    private SlotPermit granted(String token, SlotRequest... requests) {
        AtomicReference<SlotPermit> permit = new AtomicReference<>();
        waitFor(() -> {
            if (take(token, requests) instanceof Granted granted) {
                permit.set(granted.permit());
            }
            return permit.get() != null;
        });
        return permit.get();
    }

    private long sumOfEntries() {
        long sum = 0;
        for (Response entry : redis.command(
                Request.cmd(Command.ZRANGE).arg(peopleKey()).arg("0").arg("-1"))) {
            String text = entry.toString();
            if (Character.isDigit(text.charAt(0))) {
                sum += Long.parseLong(text.substring(0, text.indexOf(':')));
            }
        }
        return sum;
    }

    private long maintainedSum() {
        Response taken =
                redis.command(Request.cmd(Command.ZSCORE).arg(peopleKey()).arg("taken"));
        return taken == null ? 0 : -taken.toLong();
    }

    private String peopleKey() {
        return new SlotKeys(redis.keyPrefix()).of(PEOPLE);
    }
}
