package dev.sluice.engine.embedded;

import java.io.IOException;
import java.time.Duration;

/** Waits for another process on a plain thread: asks again and again until a deadline. */
final class Await {
    private static final long PAUSE_MILLIS = 20;

    /** What is waited for. */
    interface Condition {
        boolean met() throws IOException;
    }

    private Await() {}

    /** Returns when the condition is met; throws, naming what was waited for, when the limit is over. */
    static void until(Duration limit, String what, Condition condition) throws IOException {
        long end = System.nanoTime() + limit.toNanos();
        while (!condition.met()) {
            if (System.nanoTime() - end > 0) {
                throw new IOException("waited " + limit.toSeconds() + " s in vain for " + what);
            }
            pause();
        }
    }

    private static void pause() throws IOException {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
