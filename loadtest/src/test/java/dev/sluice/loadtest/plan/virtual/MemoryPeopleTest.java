package dev.sluice.loadtest.plan.virtual;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.quota.LaneGates.PeopleRule;
import dev.sluice.engine.redis.LuaScript;
import dev.sluice.engine.testkit.RedisExtension;
import dev.sluice.engine.testkit.TestRedis;
import dev.sluice.loadtest.plan.virtual.MemoryPeople.Verdicts;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same people are let through in memory as by the script in a real Redis. */
@ExtendWith({VertxExtension.class, RedisExtension.class})
class MemoryPeopleTest {
    private static final int STEPS = 300;
    private static final int PEOPLE = 200;
    private static final LuaScript ADMIT = Scripts.shipped("people_admit.lua");

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void letsTheSamePeopleThroughAsTheScript(long seed, Vertx vertx, TestRedis redis) {
        Scripts scripts = new Scripts(redis, vertx);
        String key = scripts.key("{app:1}:people");
        scripts.open("redis.call('HSET', KEYS[1], 'run', run)", key);
        MemoryPeople memory = new MemoryPeople(new PeopleRule("app:1", "a", 12, true));
        SplittableRandom random = new SplittableRandom(seed);
        int delivery = 0;
        int[] seen = new int[3];
        for (int step = 0; step < STEPS; step++) {
            int content = random.nextInt(30);
            int from = random.nextInt(PEOPLE);
            int to = from + 1 + random.nextInt(PEOPLE - from);
            List<String> arguments = new ArrayList<>(List.of("12", "1", word(content)));
            for (int person = from; person < to; person++) {
                arguments.add(word(person));
                arguments.add(word(delivery++));
            }
            int[] said = new int[3];
            for (Response verdict : scripts.run(ADMIT, List.of(key), arguments)) {
                said[verdict.toInteger()]++;
                seen[verdict.toInteger()]++;
            }
            assertThat(memory.admit(new UUID(1, content), from, to))
                    .as("seed %d, step %d", seed, step)
                    .isEqualTo(new Verdicts(said[0], said[1], said[2]));
        }
        assertThat(seen).as("all three answers occur").doesNotContain(0);
    }

    @Test
    void aCampaignToMillionsIsOneEntry() {
        MemoryPeople memory = new MemoryPeople(new PeopleRule("app:1", "a", 500, true));
        for (int from = 0; from < 10_000_000; from += 100) {
            memory.admit(new UUID(1, 1), from, from + 100);
        }
        assertThat(memory.stretches()).isLessThan(5);
        assertThat(memory.admit(new UUID(1, 1), 0, 10_000_000)).isEqualTo(new Verdicts(0, 10_000_000, 0));
    }

    @Test
    void contentsThatNobodyGetsAgainOnlyCount() {
        MemoryPeople memory = new MemoryPeople(new PeopleRule("app:1", "a", 2, true));
        memory.admit(MemoryPeople.UNIQUE, 0, 10);
        memory.admit(MemoryPeople.UNIQUE, 0, 10);
        assertThat(memory.admit(MemoryPeople.UNIQUE, 5, 15)).isEqualTo(new Verdicts(5, 0, 5));
    }

    /** As long as the script's marks are. */
    private static String word(int number) {
        return "%011d".formatted(number);
    }
}
