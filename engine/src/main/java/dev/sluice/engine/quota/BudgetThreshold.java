package dev.sluice.engine.quota;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A part of a month's budget that was passed; raised once for each organisation, month, pool and part.
 *
 * @param status the budget then
 * @param percent which part
 * @param projectedEnd when the units end at the pace so far, if before the month does
 */
public record BudgetThreshold(BudgetStatus status, int percent, Optional<Instant> projectedEnd) {
    private static final List<Integer> PERCENTS = List.of(50, 80, 95, 100);

    /** All that a budget has passed, whether raised before or not. Exact in integers; a budget of nothing has passed them all. Pure. */
    public static List<BudgetThreshold> passedBy(BudgetStatus status, Instant now) {
        return PERCENTS.stream()
                .filter(percent ->
                        Math.multiplyExact(status.used(), 100L) >= Math.multiplyExact(status.granted(), percent))
                .map(percent -> new BudgetThreshold(status, percent, status.projectedEnd(now)))
                .toList();
    }
}
