package dev.sluice.engine.scheduling;

import dev.sluice.engine.time.EngineClock;
import io.vertx.core.Vertx;

/** Wakes a lane at the next moment at which something changes by itself: one timer, set anew when that moment is another. Confined to one event loop. */
final class LaneTimer {
    private static final long NEVER = Long.MAX_VALUE;

    private final Vertx vertx;
    private final EngineClock clock;
    private final Runnable wake;
    private long timer = -1;
    private long atMillis = NEVER;

    LaneTimer(Vertx vertx, EngineClock clock, Runnable wake) {
        this.vertx = vertx;
        this.clock = clock;
        this.wake = wake;
    }

    /** @param momentMillis {@link Long#MAX_VALUE} for never */
    void set(long momentMillis) {
        if (momentMillis == atMillis) {
            return;
        }
        cancel();
        if (momentMillis != NEVER) {
            atMillis = momentMillis;
            timer = vertx.setTimer(Math.max(1, momentMillis - clock.millis()), fired -> {
                timer = -1;
                atMillis = NEVER;
                wake.run();
            });
        }
    }

    void cancel() {
        if (timer >= 0) {
            vertx.cancelTimer(timer);
        }
        timer = -1;
        atMillis = NEVER;
    }
}
