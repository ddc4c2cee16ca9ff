package dev.sluice.admin.budget;

import java.time.LocalDate;

/**
 * Names a row of {@code budget}.
 *
 * @param organisationId whose
 * @param month its first day
 * @param pool {@code api} or {@code webhook}
 */
record BudgetKey(long organisationId, LocalDate month, String pool) {
    @Override
    public String toString() {
        return "budget " + organisationId + " " + month.toString().substring(0, 7) + " " + pool;
    }
}
