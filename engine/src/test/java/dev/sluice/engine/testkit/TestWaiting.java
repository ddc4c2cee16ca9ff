package dev.sluice.engine.testkit;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waiting on JUnit's thread, always with a limit. */
public final class TestWaiting {
    /** For whatever happens elsewhere: long enough for the slowest machine, since nobody waits longer than it takes. */
    public static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final long FUTURE_SECONDS = 60;
    private static final long LOOK_NANOS = 10_000_000;

    private TestWaiting() {}

    /** The result of a future. */
    public static <T> T await(Future<T> future) {
        try {
            return future.await(FUTURE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException late) {
            throw new AssertionError("nothing came within " + FUTURE_SECONDS + " s", late);
        }
    }

    /** Waits until a condition holds; says what was there instead when it does not in time. */
    public static void until(Duration within, BooleanSupplier condition, Supplier<String> otherwise) {
        long end = System.nanoTime() + within.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("not within " + within + ": " + otherwise.get());
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }
}
