package dev.sluice.engine.quota;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.redis.RedisCommands;
import dev.sluice.engine.testkit.TestDatabase;
import dev.sluice.engine.testkit.TestRedis;
import dev.sluice.engine.time.EngineClock;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/** Gates on the test's Redis and Postgres, with short holds so that lost calls come back within a test. */
final class SlotRig {
    static final SlotTiming TIMING = new SlotTiming(200, 300, 300);
    /** As slow as a configuration may be. */
    static final SlotTiming SLOW = new SlotTiming(60_000, 60_000, 60_000);

    private final Vertx vertx;
    private final TestRedis redis;
    private final CallLog log;

    SlotRig(Vertx vertx, TestRedis redis, TestDatabase database) {
        this.vertx = vertx;
        this.redis = redis;
        this.log = new CallLog(vertx, database);
    }

    /** Gates as an independent node has them: connections and rebuilds of its own. */
    RedisSlotGates gates() {
        return gates(TIMING);
    }

    /** The same with other times. */
    RedisSlotGates gates(SlotTiming timing) {
        return new RedisSlotGates(
                vertx, redis.commands(vertx), new StoredCallHistory(log.pool(), timing), timing, EngineClock.system());
    }

    /** How long a key still lives, once it is there. */
    static long lifeMillis(RedisCommands redis, String key) {
        Request question = Request.cmd(Command.PTTL).arg(key);
        waitFor(() -> now(redis.send(question)).toLong() > 0);
        return now(redis.send(question)).toLong();
    }

    CallLog log() {
        return log;
    }

    /** Asks once so that the gates get built, and waits until they answer. */
    static void open(SlotGates gates, SlotRequest... requests) {
        waitFor(() -> {
            SlotAnswer answer = now(gates.take("opening", java.util.List.of(requests)));
            if (answer instanceof SlotAnswer.Granted granted) {
                now(gates.release(granted.permit()));
            }
            return !(answer instanceof SlotAnswer.Unavailable);
        });
    }

    static <T> T now(Future<T> future) {
        try {
            return future.await(60, TimeUnit.SECONDS);
        } catch (TimeoutException late) {
            throw new AssertionError("no answer within 60 s", late);
        }
    }

    static void waitFor(BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited 120 s").isLessThan(deadline);
            java.util.concurrent.locks.LockSupport.parkNanos(2_000_000);
        }
    }
}
