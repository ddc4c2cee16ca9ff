package dev.sluice.engine.quota;

import dev.sluice.engine.time.EngineClock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;

/**
 * Keeps calls away from midnight on the platform's calendar, so that no call is booked in one month and counted in the next, and no person is marked on one
 * day and counted on another. A call that could still be under way at the edge waits until the edge has surely passed: with a call deadline of 5 s and a
 * second of clock error, 7 s once a day or once a month.
 *
 * <p>The other choice, charging both months, would book what the platform never counts. What remains: a call without an answer that arrives after its deadline
 * (the assumed lateness) may count in the month after; it shows as drift of one.
 *
 * <p>That the platform counts from 00:00 +08:00 is the obvious reading, not confirmed (see {@link EngineClock#PLATFORM_ZONE}). Pure.
 *
 * @param callMillis how long after it asked for its slots a call may be under way
 * @param clockErrorMillis how far this node's clock and the platform's may be apart
 */
public record CalendarEdge(long callMillis, long clockErrorMillis) {
    public CalendarEdge {
        if (callMillis < 0 || clockErrorMillis < 0) {
            throw new IllegalArgumentException("times must not be negative");
        }
    }

    /** The edge for calls with these times. */
    public static CalendarEdge of(SlotTiming timing, long clockErrorMillis) {
        return new CalendarEdge(timing.underWayMillis(), clockErrorMillis);
    }

    /** Until when a metered call waits because the month is about to change or has just changed; empty when it may go. */
    public Optional<Instant> monthHold(Instant now) {
        return hold(now, startOf(monthOf(now)), endOfMonth(now));
    }

    /** Until when a call to people who are counted by day waits; empty when it may go. */
    public Optional<Instant> dayHold(Instant now) {
        LocalDate day = dayOf(now);
        return hold(now, startOf(day), startOf(day.plusDays(1)));
    }

    /**
     * The same for a call that was decided some time ago and stood in line since: on another day it is to be decided anew, since the platform recognises a repeat on its
     * own day only, and its month may be another.
     */
    public Optional<Instant> dayHold(LocalDate decidedOn, Instant now) {
        return decidedOn.equals(dayOf(now)) ? dayHold(now) : Optional.of(now);
    }

    /** The platform's day. */
    public static LocalDate dayOf(Instant now) {
        return LocalDate.ofInstant(now, EngineClock.PLATFORM_ZONE);
    }

    /** The platform's month, as its first day. */
    public static LocalDate monthOf(Instant now) {
        return dayOf(now).withDayOfMonth(1);
    }

    /** When the platform's month ends: when a spent budget is granted anew. */
    public static Instant endOfMonth(Instant now) {
        return startOf(monthOf(now).plusMonths(1));
    }

    /** When a day begins at the platform. */
    public static Instant startOf(LocalDate day) {
        return day.atStartOfDay(EngineClock.PLATFORM_ZONE).toInstant();
    }

    private Optional<Instant> hold(Instant now, Instant lastEdge, Instant nextEdge) {
        Duration clockError = Duration.ofMillis(clockErrorMillis);
        if (now.isBefore(lastEdge.plus(clockError))) {
            return Optional.of(lastEdge.plus(clockError));
        }
        Instant lastCall = nextEdge.minusMillis(callMillis).minus(clockError);
        return now.isBefore(lastCall) ? Optional.empty() : Optional.of(nextEdge.plus(clockError));
    }
}
