package dev.sluice.loadtest.load.judging;

import dev.sluice.engine.model.BudgetPool;
import dev.sluice.loadtest.plan.Tiers;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/** Whose calls must stand in the books: those of the pools that a tier limits, whether or not anybody opened a budget for them. Pure. */
final class MeteredPools {
    private static final Tiers TIERS = Tiers.builtIn();

    private MeteredPools() {}

    /**
     * Of an organisation.
     *
     * @param budgets pools of which there is one
     */
    static List<BudgetPool> of(String tier, Collection<BudgetPool> budgets) {
        return Arrays.stream(BudgetPool.values())
                .filter(pool -> budgets.contains(pool) || TIERS.limit(tier, pool))
                .toList();
    }
}
