package dev.sluice.engine.quota;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.model.BudgetPool;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class BudgetThresholdTest {
    @Test
    void whatIsUsedOfAMonthAndWhenItEndsIsSaidInASentence() {
        LocalDate month = LocalDate.parse("2026-11-01");
        BudgetStatus status = new BudgetStatus(
                3, month, BudgetPool.API, 10_000, 100, 7_000, 1_400, Optional.empty(), OptionalLong.empty());
        Instant halfOfTheMonth = CalendarEdge.startOf(month.plusDays(15));
        List<BudgetThreshold> passed = BudgetThreshold.passedBy(status, halfOfTheMonth);
        assertThat(passed.getLast().words())
                .startsWith(
                        "organisation 3 has used 80 % of its api units of 2026-11 (8,500 of 10,000); at this pace they end at 2026-11-18T");
        assertThat(new BudgetThreshold(status, 50, Optional.empty()).words()).endsWith("(8,500 of 10,000)");
    }
}
