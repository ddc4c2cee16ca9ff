package dev.sluice.loadtest.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SlotCycleTest {
    /** Two slots, each taken again 1.1 s after the last time; the second 0.3 s behind the first. */
    private static List<Long> arrivals(int rounds) {
        List<Long> arrivals = new ArrayList<>();
        for (int i = 0; i < rounds; i++) {
            arrivals.add(i * 1_100_000_000L);
            arrivals.add(i * 1_100_000_000L + 300_000_000L);
        }
        return arrivals;
    }

    @Test
    void theLengthOfTheRunAndTheSpacingOfTheSlotsDoNotMatter() {
        assertThat(SlotCycle.of(arrivals(3), 2).meanSeconds()).isCloseTo(1.1, within(1e-9));
        assertThat(SlotCycle.of(arrivals(30), 2).meanSeconds()).isCloseTo(1.1, within(1e-9));
    }

    @Test
    void aSlotThatIsTakenAgainTheMomentItMayBeIsUsedWhole() {
        assertThat(SlotCycle.of(arrivals(3), 2).usePercent(1, 0.1)).isCloseTo(100, within(1e-9));
        assertThat(SlotCycle.of(arrivals(3), 2).usePercent(1, 0)).isCloseTo(100 / 1.1, within(1e-9));
    }

    @Test
    void aRunWithoutTwoRoundsSaysNothing() {
        assertThatThrownBy(() -> SlotCycle.of(List.of(1L, 2L, 3L), 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("two rounds");
    }
}
