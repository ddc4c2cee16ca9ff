package dev.sluice.engine.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SharePaceTest {
    private final SharePace pace = new SharePace();

    @Test
    void theFirstRoundAsks() {
        assertThat(pace.due(Long.MIN_VALUE))
                .as("a clock that only grows begins anywhere")
                .isTrue();
    }

    @Test
    void aQuestionThatTakesNoTimeIsAskedEachRound() {
        pace.answered(1_000, 0);
        assertThat(pace.due(1_000)).isTrue();
    }

    @Test
    void theQuestionTakesATwentiethOfTheTimeAtMost() {
        pace.answered(1_000, 100);
        assertThat(pace.due(2_999)).isFalse();
        assertThat(pace.due(3_000)).isTrue();
    }

    @Test
    void butIsAskedEveryFourSecondsHoweverLongItTakes() {
        pace.answered(1_000, 3_000);
        assertThat(pace.due(4_999)).isFalse();
        assertThat(pace.due(5_000)).isTrue();
    }
}
