package dev.sluice.loadtest.demo;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waiting for something that happens elsewhere, with a limit. */
final class Patience {
    private static final long PAUSE_MILLIS = 50;

    private Patience() {}

    /** Looks again and again; gives whether it happened in time. */
    static boolean until(Duration limit, BooleanSupplier happened) {
        long end = System.nanoTime() + limit.toNanos();
        while (!happened.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                return false;
            }
            pause(PAUSE_MILLIS);
        }
        return true;
    }

    /** Rests; an interruption ends the run. */
    static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
