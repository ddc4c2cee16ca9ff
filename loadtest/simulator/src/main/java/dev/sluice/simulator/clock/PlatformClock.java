package dev.sluice.simulator.clock;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * The time as the platform sees it: real time, moved forward at will and optionally frozen.
 *
 * <p>Two readings: {@link #nanos()} always runs (per-second windows are judged on it), {@link #wallMillis()} can be
 * frozen (minutes, days and months are judged on it). Safe for any thread.
 */
public final class PlatformClock {
    /** China has had one zone without daylight saving time since 1991. */
    private static final long CHINA_OFFSET_MILLIS = Duration.ofHours(8).toMillis();

    /** Far beyond any month that is tested, and far below where milliseconds or nanoseconds overflow. */
    private static final Duration MOST_ADVANCE = Duration.ofDays(100 * 366);

    private static final long DAY_MILLIS = Duration.ofDays(1).toMillis();
    private static final DateTimeFormatter WRITTEN =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);

    private final long startNanos = System.nanoTime();
    private final long startMillis = System.currentTimeMillis();
    /** Never shrinks, so that {@link #nanos()} never runs backwards. */
    private long advancedMillis;
    /** What the wall clock missed while it was frozen. */
    private long missedMillis;

    private long frozenMillis = -1;

    /** Monotonic real time plus what it was moved forward, in nanoseconds since an arbitrary origin. */
    public synchronized long nanos() {
        return System.nanoTime() + advancedMillis * 1_000_000L;
    }

    /** Milliseconds since the epoch on the platform's clock. */
    public synchronized long wallMillis() {
        return frozenMillis >= 0 ? frozenMillis : runningMillis();
    }

    private long runningMillis() {
        return startMillis + (System.nanoTime() - startNanos) / 1_000_000L + advancedMillis - missedMillis;
    }

    /** Moves the clock forward; a frozen one stays frozen at the new time. */
    public synchronized void advance(Duration by) {
        if (by.isNegative()) {
            throw new IllegalArgumentException("the clock moves forward only");
        }
        if (by.plusMillis(advancedMillis).compareTo(MOST_ADVANCE) > 0) {
            throw new IllegalArgumentException("the clock moves a hundred years at most");
        }
        advancedMillis += by.toMillis();
        if (frozenMillis >= 0) {
            frozenMillis += by.toMillis();
        }
    }

    /** Moves the clock forward to an instant; refused if that lies in the past. */
    public synchronized void advanceTo(Instant instant) {
        advance(Duration.between(Instant.ofEpochMilli(wallMillis()), instant));
    }

    /** Stops the wall clock; {@link #nanos()} goes on. */
    public synchronized void freeze() {
        if (frozenMillis < 0) {
            frozenMillis = runningMillis();
        }
    }

    /** Lets a frozen clock run again from where it stands. */
    public synchronized void resume() {
        if (frozenMillis >= 0) {
            missedMillis += runningMillis() - frozenMillis;
            frozenMillis = -1;
        }
    }

    public synchronized boolean isFrozen() {
        return frozenMillis >= 0;
    }

    /** A moment of this clock as the platform writes it: {@code 2026-05-12 09:00:01}, in China. */
    public static String chinaTime(long wallMillis) {
        return WRITTEN.format(Instant.ofEpochMilli(wallMillis + CHINA_OFFSET_MILLIS));
    }

    /** Days since the epoch in China at a moment of this clock. */
    public static long chinaDay(long wallMillis) {
        return Math.floorDiv(wallMillis + CHINA_OFFSET_MILLIS, DAY_MILLIS);
    }

    /** The calendar month in China at a moment of this clock. */
    public static YearMonth chinaMonth(long wallMillis) {
        return YearMonth.from(LocalDate.ofEpochDay(chinaDay(wallMillis)));
    }
}
