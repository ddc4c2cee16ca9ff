package dev.sluice.loadtest.plan;

import dev.sluice.engine.time.EngineClock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Moments and amounts as people write them. */
final class Times {
    private static final DateTimeFormatter FULL = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("MM-dd HH:mm", Locale.ROOT);
    private static final DateTimeFormatter SECOND = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);
    private static final String[] BYTES = {"B", "KiB", "MiB", "GiB", "TiB"};

    private final Instant start;

    Times(Instant start) {
        this.start = start;
    }

    /** The beginning on the platform's calendar. */
    LocalDateTime zero() {
        return local(0);
    }

    String full(long micros) {
        return FULL.format(local(micros));
    }

    /** With its day when that is another one. */
    String of(long micros) {
        LocalDateTime time = local(micros);
        return (time.toLocalDate().equals(zero().toLocalDate()) ? SECOND : DAY).format(time);
    }

    private LocalDateTime local(long micros) {
        return LocalDateTime.ofInstant(start.plusNanos(micros * 1_000), EngineClock.PLATFORM_ZONE);
    }

    /** A stretch of time in the unit that suits it. */
    static String span(long millis) {
        if (millis < 10_000) {
            return "%,d ms".formatted(millis);
        }
        return millis < 600_000
                ? "%.1f s".formatted(millis / 1e3)
                : millis < 36_000_000 ? "%.1f min".formatted(millis / 6e4) : "%.1f h".formatted(millis / 3.6e6);
    }

    static String bytes(long bytes) {
        double scaled = bytes;
        int power = 0;
        while (scaled >= 1_024 && power < BYTES.length - 1) {
            scaled /= 1_024;
            power++;
        }
        return "%.1f %s".formatted(scaled, BYTES[power]);
    }
}
