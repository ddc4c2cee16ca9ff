package dev.sluice.engine.quota;

import dev.sluice.engine.model.BudgetPool;
import dev.sluice.engine.model.PriorityClass;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A month's budget of an organisation: {@code granted = available + reserved + spent + foreign}, always.
 *
 * @param organisationId whose
 * @param month first day of the month
 * @param pool which units
 * @param granted by the profile, and add-on packs
 * @param reserved held for calls whose answer is not known
 * @param spent on calls of ours
 * @param foreign spent by others of that organisation, as far as we were told
 * @param exhaustedUntil the platform said that it is used up, until then
 * @param drift the platform's last reading less what we had spent then; empty before the first reading
 */
public record BudgetStatus(
        long organisationId,
        LocalDate month,
        BudgetPool pool,
        long granted,
        long reserved,
        long spent,
        long foreign,
        Optional<Instant> exhaustedUntil,
        OptionalLong drift) {

    /** What is left; negative after a reading or a smaller profile that left less than was already used. */
    public long available() {
        return granted - reserved - spent - foreign;
    }

    /** What is gone or held. */
    public long used() {
        return reserved + spent + foreign;
    }

    /**
     * Whether a call may reserve its units. Bulk leaves the reserve untouched: it needs {@code available - granted * reservePercent / 100 >= units}; the
     * classes above need {@code available >= units}. Nobody goes while the platform says that the month is used up. Whoever books must judge and book in one
     * statement with the budget row locked.
     */
    public boolean allows(PriorityClass priority, int reservePercent, int units, Instant now) {
        boolean open = exhaustedUntil.filter(now::isBefore).isEmpty();
        long reserve = priority == PriorityClass.BULK ? granted * reservePercent / 100 : 0;
        return open && available() - reserve >= units;
    }

    /** When the month's units end at the pace of this month so far; empty when they last, or nothing was used yet. */
    public Optional<Instant> projectedEnd(Instant now) {
        Instant start = CalendarEdge.startOf(month);
        Instant end = CalendarEdge.startOf(month.plusMonths(1));
        if (used() >= granted) {
            return Optional.of(now);
        }
        if (used() <= 0 || !now.isAfter(start)) {
            return Optional.empty();
        }
        double elapsedMillis = now.toEpochMilli() - start.toEpochMilli();
        Instant projected = start.plusMillis((long) (elapsedMillis / used() * granted));
        return projected.isBefore(end) ? Optional.of(projected) : Optional.empty();
    }
}
