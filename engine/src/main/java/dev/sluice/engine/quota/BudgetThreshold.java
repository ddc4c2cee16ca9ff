package dev.sluice.engine.quota;

import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A part of a month's budget that was passed; raised once for each organisation, month, pool and part, and once more when it is passed again after more was granted.
 *
 * @param status the budget then
 * @param percent which part
 * @param projectedEnd when the units end at the pace so far, if before the month does
 */
public record BudgetThreshold(BudgetStatus status, int percent, Optional<Instant> projectedEnd) {
    private static final List<Integer> PERCENTS = List.of(50, 80, 95, 100);

    /** For people, such as {@code organisation 3 has used 80 % of its api units of 2026-11 (8,000 of 10,000); at this pace they end at 2026-11-25T03:00:00Z}. */
    public String words() {
        return String.format(
                Locale.ROOT,
                "organisation %d has used %d %% of its %s units of %s (%,d of %,d)%s",
                status.organisationId(),
                percent,
                status.pool().wireName(),
                YearMonth.from(status.month()),
                status.used(),
                status.granted(),
                projectedEnd.map(end -> "; at this pace they end at " + end).orElse(""));
    }

    /** All that a budget has passed, whether raised before or not. Exact in integers; a budget of nothing has passed them all. Pure. */
    public static List<BudgetThreshold> passedBy(BudgetStatus status, Instant now) {
        return PERCENTS.stream()
                .filter(percent ->
                        Math.multiplyExact(status.used(), 100L) >= Math.multiplyExact(status.granted(), percent))
                .map(percent -> new BudgetThreshold(status, percent, status.projectedEnd(now)))
                .toList();
    }
}
