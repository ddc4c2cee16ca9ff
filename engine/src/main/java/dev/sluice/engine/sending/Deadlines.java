package dev.sluice.engine.sending;

import dev.sluice.engine.time.EngineClock;
import io.vertx.core.Vertx;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Tells what takes too long. All may take equally long, so they come due in the order in which they began, and one timer for the oldest does for thousands. Confined
 * to one event loop; bounded by its callers, who take out what has ended.
 */
final class Deadlines {
    private final Vertx vertx;
    private final EngineClock clock;
    private final long afterNanos;
    private final Map<Runnable, Long> dueNanos = new LinkedHashMap<>();
    private boolean armed;

    /** @param afterMillis how long each may take */
    Deadlines(Vertx vertx, EngineClock clock, long afterMillis) {
        this.vertx = vertx;
        this.clock = clock;
        this.afterNanos = afterMillis * 1_000_000;
    }

    /** Runs it when the time is over, unless it is ended before. */
    void begin(Runnable late) {
        dueNanos.put(late, clock.nanoTime() + afterNanos);
        if (!armed) {
            arm(afterNanos);
        }
    }

    /** It is not late any more. */
    void end(Runnable late) {
        dueNanos.remove(late);
    }

    private void arm(long waitNanos) {
        armed = true;
        vertx.setTimer(Math.max(1, Math.ceilDiv(waitNanos, 1_000_000L)), fired -> {
            armed = false;
            runLate();
            if (!armed && !dueNanos.isEmpty()) {
                arm(oldestDueNanos() - clock.nanoTime());
            }
        });
    }

    private void runLate() {
        while (!dueNanos.isEmpty() && oldestDueNanos() - clock.nanoTime() <= 0) {
            Runnable late = dueNanos.keySet().iterator().next();
            dueNanos.remove(late);
            late.run();
        }
    }

    private long oldestDueNanos() {
        return dueNanos.values().iterator().next();
    }
}
