package dev.sluice.engine.testkit;

import dev.sluice.engine.time.EngineClock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/** A clock that stands still until a test moves it. Thread-safe. */
public final class ManualClock implements EngineClock {
    private final AtomicReference<Instant> wall;
    private final AtomicLong nanos = new AtomicLong();

    private ManualClock(Instant start) {
        wall = new AtomicReference<>(start);
    }

    /** Starts at an instant such as {@code 2026-11-21T08:00:00Z}. */
    public static ManualClock at(String instant) {
        return new ManualClock(Instant.parse(instant));
    }

    /** Time passes: both clocks go on. */
    public ManualClock advance(Duration time) {
        wall.updateAndGet(now -> now.plus(time));
        nanos.addAndGet(time.toNanos());
        return this;
    }

    /** Time passes: both clocks go on. */
    public ManualClock advanceMillis(long millis) {
        return advance(Duration.ofMillis(millis));
    }

    /** Somebody sets the wall clock, back or forth; the monotonic one does not notice. */
    public ManualClock jumpTo(Instant instant) {
        wall.set(instant);
        return this;
    }

    @Override
    public Instant now() {
        return wall.get();
    }

    @Override
    public long nanoTime() {
        return nanos.get();
    }
}
