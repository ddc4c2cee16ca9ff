package dev.sluice.engine.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LookPaceTest {
    private static final long NOW_MILLIS = 1_000_000;

    private final LookPace pace = new LookPace();

    @Test
    void aLaneWithoutWorkLooksEachTime() {
        pace.looked(1, NOW_MILLIS);
        assertThat(pace.due(1, true, 1, NOW_MILLIS)).isTrue();
    }

    @Test
    void aLaneWithWorkThatNeverLookedLooks() {
        assertThat(pace.due(1, false, 1, -NOW_MILLIS))
                .as("a clock that only grows begins anywhere")
                .isTrue();
    }

    @Test
    void aLaneWithWorkLooksAgainAfterTenSeconds() {
        pace.looked(1, NOW_MILLIS);
        assertThat(pace.due(1, false, 1, NOW_MILLIS + 10_000)).isFalse();
        assertThat(pace.due(1, false, 1, NOW_MILLIS + 10_001)).isTrue();
    }

    @Test
    void withThousandsOfAppsALaneWithWorkLooksLessOften() {
        pace.looked(1, NOW_MILLIS);
        assertThat(pace.due(1, false, 5_000, NOW_MILLIS + 50_000)).isFalse();
        assertThat(pace.due(1, false, 5_000, NOW_MILLIS + 50_001)).isTrue();
    }

    @Test
    void eachLaneHasItsOwnTurn() {
        pace.looked(1, NOW_MILLIS);
        assertThat(pace.due(2, false, 1, NOW_MILLIS + 1)).isTrue();
    }
}
