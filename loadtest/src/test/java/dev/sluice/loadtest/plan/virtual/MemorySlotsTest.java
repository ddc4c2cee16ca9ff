package dev.sluice.loadtest.plan.virtual;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.quota.SlotAnswer;
import dev.sluice.engine.quota.SlotGate;
import dev.sluice.engine.quota.SlotPermit;
import dev.sluice.engine.quota.SlotRequest;
import dev.sluice.engine.quota.SlotTiming;
import dev.sluice.engine.redis.LuaScript;
import dev.sluice.engine.testkit.RedisExtension;
import dev.sluice.engine.testkit.TestRedis;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same questions to the scripts in a real Redis and to the gates in memory get the same answers. */
@ExtendWith({VertxExtension.class, RedisExtension.class})
class MemorySlotsTest {
    private static final int STEPS = 800;
    private static final SlotTiming TIMING = new SlotTiming(200, 5_000, 5_000);
    private static final SlotGate CALLS = new SlotGate("app:1", "qps:a", 5, 1_000, false);
    private static final SlotGate PEOPLE = new SlotGate("app:1", "people-per-minute:a", 120, 60_000, true);
    private static final SlotGate ADDRESS = new SlotGate("ip:default", "calls", 30, 20_000, false);
    private static final LuaScript TAKE = Scripts.withToldTime("slot_take.lua");
    private static final LuaScript SETTLE = Scripts.withToldTime("slot_settle.lua");

    private final MemorySlots memory = new MemorySlots(TIMING);
    private final List<SlotPermit> open = new ArrayList<>();
    private Scripts scripts;
    private long nowMicros = 1_800_000_000_000_000L;

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void grantsRefusesAndNamesTheSameGateForAsLongAsTheScripts(long seed, Vertx vertx, TestRedis redis) {
        scripts = new Scripts(redis, vertx);
        List.of(CALLS, PEOPLE, ADDRESS)
                .forEach(gate -> scripts.open("redis.call('ZADD', KEYS[1], 0, 'run:' .. run)", key(gate)));
        SplittableRandom random = new SplittableRandom(seed);
        int granted = 0;
        for (int step = 0; step < STEPS; step++) {
            nowMicros += random.nextInt(4) == 0 ? random.nextLong(8_000_000) : random.nextLong(60_000);
            if (!open.isEmpty() && random.nextInt(3) == 0) {
                end(open.remove(random.nextInt(open.size())), random.nextInt(20));
            }
            String token = seed + "-" + step;
            List<SlotRequest> requests = requests(1 + random.nextInt(18), random.nextInt(2) * 10);
            SlotAnswer inMemory = memory.take(token, requests, nowMicros);
            assertThat(words(inMemory)).as("seed %d, step %d", seed, step).isEqualTo(words(byScript(token, requests)));
            if (inMemory instanceof SlotAnswer.Granted one) {
                open.add(one.permit());
                granted++;
            }
        }
        assertThat(granted).as("both answers occur").isBetween(STEPS / 20, STEPS * 19 / 20);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {4, 5, 6})
    void questionsThatAreAskedTogetherAreAnsweredOneAfterTheOther(long seed, Vertx vertx, TestRedis redis) {
        scripts = new Scripts(redis, vertx);
        List.of(CALLS, PEOPLE)
                .forEach(gate -> scripts.open("redis.call('ZADD', KEYS[1], 0, 'run:' .. run)", key(gate)));
        SplittableRandom random = new SplittableRandom(seed);
        int mixed = 0;
        for (int step = 0; step < STEPS; step++) {
            nowMicros += random.nextInt(4) == 0 ? random.nextLong(8_000_000) : random.nextLong(60_000);
            while (open.size() > 3 && random.nextBoolean()) {
                end(open.remove(random.nextInt(open.size())), random.nextInt(20));
            }
            List<String> tokens = new ArrayList<>();
            List<List<SlotRequest>> questions = new ArrayList<>();
            List<String> inMemory = new ArrayList<>();
            int granted = 0;
            for (int i = 0; i < 1 + random.nextInt(6); i++) {
                List<SlotRequest> requests =
                        requests(1 + random.nextInt(18), random.nextInt(2) * 10).subList(0, 2);
                tokens.add(seed + "-" + step + "-" + i);
                questions.add(requests);
                SlotAnswer answer = memory.take(tokens.get(i), requests, nowMicros);
                inMemory.add(words(answer));
                if (answer instanceof SlotAnswer.Granted one) {
                    open.add(one.permit());
                    granted++;
                }
            }
            List<String> together = new ArrayList<>();
            for (Response reply : take(questions.get(0), tokens, questions)) {
                together.add(words(reply, questions.get(0)));
            }
            assertThat(together).as("seed %d, step %d", seed, step).isEqualTo(inMemory);
            mixed += granted > 0 && granted < tokens.size() ? 1 : 0;
        }
        assertThat(mixed).as("some are granted, the next ones refused").isGreaterThan(STEPS / 20);
    }

    private static List<SlotRequest> requests(int people, int reservePercent) {
        return List.of(
                SlotRequest.of(CALLS, people, reservePercent),
                SlotRequest.of(PEOPLE, people, reservePercent),
                SlotRequest.of(ADDRESS, people, reservePercent));
    }

    /** 0 people: the call never left. */
    private void end(SlotPermit permit, int people) {
        if (people == 0) {
            memory.release(permit, nowMicros);
        } else {
            memory.settle(permit, people, nowMicros);
        }
        for (List<SlotRequest> scope : SlotRequest.byScope(permit.requests())) {
            settleByScript(permit.token(), scope, people);
        }
    }

    private SlotAnswer byScript(String token, List<SlotRequest> requests) {
        List<List<SlotRequest>> taken = new ArrayList<>();
        long dueMicros = nowMicros;
        for (List<SlotRequest> scope : SlotRequest.byScope(requests)) {
            Response reply = take(scope, List.of(token), List.of(scope)).get(0);
            if (reply.get(0).toInteger() == 0) {
                taken.forEach(earlier -> settleByScript(token, earlier, 0));
                SlotGate gate = scope.get(reply.get(1).toInteger() - 1).gate();
                return new SlotAnswer.NotBefore(
                        gate, Math.max(1, Math.ceilDiv(reply.get(2).toLong(), 1_000L)));
            }
            assertThat(reply.get(0).toInteger()).isEqualTo(1);
            dueMicros = Math.max(dueMicros, nowMicros + reply.get(1).toLong());
            taken.add(scope);
        }
        return new SlotAnswer.Granted(new SlotPermit(token, requests, dueMicros * 1_000, dueMicros * 1_000));
    }

    /** What each question is told: the requests of each are at the same gates. */
    private Response take(List<SlotRequest> gates, List<String> tokens, List<List<SlotRequest>> questions) {
        List<String> arguments = new ArrayList<>(List.of("86400000", Long.toString(MemorySlots.LEAD_MICROS)));
        gates.forEach(one -> arguments.add(Long.toString(TIMING.holdMicros(one.gate()))));
        for (int i = 0; i < tokens.size(); i++) {
            arguments.add(tokens.get(i));
            for (SlotRequest request : questions.get(i)) {
                arguments.add(Integer.toString(request.units()));
                arguments.add(Long.toString(request.ceiling()));
            }
        }
        return scripts.runAt(nowMicros, TAKE, keys(gates), arguments);
    }

    private void settleByScript(String token, List<SlotRequest> scope, int people) {
        List<String> arguments = new ArrayList<>();
        scope.forEach(one -> arguments.add(Long.toString(TIMING.windowMicros(one.gate()))));
        arguments.add(token);
        for (SlotRequest request : scope) {
            int travelled =
                    request.gate().countsPeople() || people == 0 ? Math.min(people, request.units()) : request.units();
            arguments.add(Integer.toString(request.units()));
            arguments.add(Integer.toString(travelled));
        }
        scripts.runAt(nowMicros, SETTLE, keys(scope), arguments);
    }

    private String words(SlotAnswer answer) {
        return switch (answer) {
            case SlotAnswer.NotBefore later -> later.gate().name() + " in " + later.waitMillis() + " ms";
            case SlotAnswer.Granted granted ->
                "granted, free in " + (granted.permit().notBeforeNanos() / 1_000 - nowMicros) + " micros";
            case SlotAnswer.Unavailable unavailable -> unavailable.reason();
        };
    }

    private static String words(Response reply, List<SlotRequest> asked) {
        if (reply.get(0).toInteger() == 1) {
            return "granted, free in " + reply.get(1).toLong() + " micros";
        }
        SlotGate gate = asked.get(reply.get(1).toInteger() - 1).gate();
        return gate.name() + " in " + Math.max(1, Math.ceilDiv(reply.get(2).toLong(), 1_000L)) + " ms";
    }

    private List<String> keys(List<SlotRequest> scope) {
        return scope.stream().map(request -> key(request.gate())).toList();
    }

    private String key(SlotGate gate) {
        return scripts.key("{" + gate.scope() + "}:" + gate.name());
    }
}
