package dev.sluice.engine.time;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/**
 * The two clocks of a node, injected so that tests can move them. Wall time is for rows and calendars and may jump; the monotonic clock is for durations and
 * deadlines and goes on while the process is frozen. Implementations are thread-safe.
 */
public interface EngineClock {
    /** The zone in which DingTalk counts days and months (unconfirmed: 1st of the month, 00:00 +08:00 is the obvious reading). */
    ZoneId PLATFORM_ZONE = ZoneId.of("Asia/Shanghai");

    /** Wall time. */
    Instant now();

    /** Nanoseconds of the monotonic clock; only differences mean something. */
    long nanoTime();

    /** Milliseconds of the monotonic clock; only differences mean something. */
    default long monotonicMillis() {
        return Math.floorDiv(nanoTime(), 1_000_000L);
    }

    /** Wall time in milliseconds since 1970. */
    default long millis() {
        return now().toEpochMilli();
    }

    /** Today on the platform's calendar. */
    default LocalDate platformDay() {
        return LocalDate.ofInstant(now(), PLATFORM_ZONE);
    }

    /** The first day of this month on the platform's calendar: the key of a month budget. */
    default LocalDate platformMonth() {
        return platformDay().withDayOfMonth(1);
    }

    /** The machine's clocks. */
    static EngineClock system() {
        return new EngineClock() {
            @Override
            public Instant now() {
                return Instant.now();
            }

            @Override
            public long nanoTime() {
                return System.nanoTime();
            }
        };
    }
}
