package dev.sluice.engine.quota;

import dev.sluice.engine.directory.ChannelEntry.QuietHours;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.util.Optional;

/**
 * Whether quiet hours hold a message back. Hours may span midnight; equal ends mean that no hour is quiet. Where clocks change, the local time of the zone
 * counts: an end that is skipped that night is the first moment after the gap. Pure.
 */
public final class QuietTime {
    private QuietTime() {}

    /** Until when everything but critical traffic waits; empty when it may go. */
    public static Optional<Instant> heldUntil(QuietHours hours, Instant now) {
        ZonedDateTime local = now.atZone(hours.zone());
        if (!isQuiet(hours, local.toLocalTime())) {
            return Optional.empty();
        }
        boolean endsTomorrow = local.toLocalTime().isAfter(hours.until());
        ZonedDateTime end = local.toLocalDate()
                .plusDays(endsTomorrow ? 1 : 0)
                .atTime(hours.until())
                .atZone(hours.zone());
        return end.toInstant().isAfter(now) ? Optional.of(end.toInstant()) : Optional.empty();
    }

    private static boolean isQuiet(QuietHours hours, LocalTime time) {
        boolean fromReached = !time.isBefore(hours.from());
        boolean beforeUntil = time.isBefore(hours.until());
        return hours.from().isAfter(hours.until()) ? fromReached || beforeUntil : fromReached && beforeUntil;
    }
}
