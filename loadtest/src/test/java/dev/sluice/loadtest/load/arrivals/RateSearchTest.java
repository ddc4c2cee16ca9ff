package dev.sluice.loadtest.load.arrivals;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.loadtest.scenario.SearchSpec;
import org.junit.jupiter.api.Test;

class RateSearchTest {
    @Test
    void theHighestRateThatHoldsIsFoundToAFewPercent() {
        assertThat(highest(100, 20_000, 3_333)).isBetween(3_333 / 1.05, 3_333.0);
    }

    @Test
    void theSearchEndsAtTheHighestRateItMayTry() {
        assertThat(highest(100, 1_000, 50_000)).isEqualTo(1_000);
    }

    @Test
    void aLowestRateThatDoesNotHoldIsTheEnd() {
        assertThat(highest(100, 1_000, 50)).isZero();
    }

    private static double highest(double from, double to, double limit) {
        RateSearch search = new RateSearch(new SearchSpec(from, to, 1, 10));
        for (int tries = 0; search.next().isPresent(); tries++) {
            assertThat(tries).isLessThan(40);
            search.tried(search.next().getAsDouble() <= limit);
        }
        return search.highest();
    }
}
