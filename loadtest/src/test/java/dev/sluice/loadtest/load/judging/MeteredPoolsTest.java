package dev.sluice.loadtest.load.judging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.model.BudgetPool;
import java.util.List;
import org.junit.jupiter.api.Test;

class MeteredPoolsTest {
    @Test
    void aPoolThatATierLimitsIsComparedThoughNobodyOpenedABudgetForIt() {
        assertThat(MeteredPools.of("standard", List.of())).containsExactly(BudgetPool.API, BudgetPool.WEBHOOK);
    }

    @Test
    void whatNothingLimitsNeedsNoBudget() {
        assertThat(MeteredPools.of("professional", List.of(BudgetPool.API))).containsExactly(BudgetPool.API);
        assertThat(MeteredPools.of("unlimited", List.of())).isEmpty();
    }

    @Test
    void aBudgetThatIsThereIsComparedThoughNoTierAsksForIt() {
        assertThat(MeteredPools.of("unlimited", List.of(BudgetPool.WEBHOOK))).containsExactly(BudgetPool.WEBHOOK);
    }
}
