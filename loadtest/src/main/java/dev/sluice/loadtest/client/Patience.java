package dev.sluice.loadtest.client;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/** Waiting for something that happens elsewhere, with a limit. */
public final class Patience {
    private static final long PAUSE_MILLIS = 50;
    /** A look may be a question to the very Postgres that is measured: it may use a tenth of a connection's time, not half a core. */
    private static final int PAUSES_PER_LOOK = 9;

    private static final long ANSWER_SECONDS = 60;

    private Patience() {}

    /** Looks again and again; gives whether it happened in time. */
    public static boolean until(Duration limit, BooleanSupplier happened) {
        long end = System.nanoTime() + limit.toNanos();
        while (true) {
            long lookedAtNanos = System.nanoTime();
            if (happened.getAsBoolean()) {
                return true;
            }
            long nowNanos = System.nanoTime();
            if (nowNanos - end > 0) {
                return false;
            }
            long tookMillis = TimeUnit.NANOSECONDS.toMillis(nowNanos - lookedAtNanos);
            long leftMillis = TimeUnit.NANOSECONDS.toMillis(end - nowNanos);
            pause(Math.max(PAUSE_MILLIS, Math.min(leftMillis, restMillis(tookMillis))));
        }
    }

    /** How long to rest after a question, so that questions like it use little of who answers. */
    public static long restMillis(long tookMillis) {
        return PAUSES_PER_LOOK * tookMillis;
    }

    /** Rests; an interruption ends the run. */
    public static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** Waits on a plain thread for what should take moments. */
    public static <T> T await(Future<T> future) {
        return await(future, ANSWER_SECONDS);
    }

    /** Waits on a plain thread. */
    public static <T> T await(Future<T> future, long seconds) {
        try {
            return future.await(seconds, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new IllegalStateException("no answer within " + seconds + " s", e);
        }
    }
}
