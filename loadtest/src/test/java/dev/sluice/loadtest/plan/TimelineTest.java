package dev.sluice.loadtest.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class TimelineTest {
    private final Timeline timeline = new Timeline();

    @Test
    void keepsEveryAmountHoweverLongItGetsInABoundedNumberOfStretches() {
        for (long second = 0; second < 100_000; second++) {
            timeline.add("people", second * 1_000_000, 3);
        }
        assertThat(timeline.stretches()).isLessThanOrEqualTo(240);
        assertThat(sum("people")).isEqualTo(300_000);
    }

    @Test
    void spreadsTimeOverTheStretchesThatItTouches() {
        timeline.addTime("held", 0, 60_000_000);
        timeline.addTime("held", 60_000_000, 3_600_000_000L);
        assertThat(sum("held")).isCloseTo(3_600_000_000.0, within(1.0));
        assertThat(timeline.amount("held", 1)).isCloseTo((double) timeline.widthMicros(), within(1.0));
    }

    private double sum(String name) {
        double sum = 0;
        for (int i = 0; i < timeline.stretches(); i++) {
            sum += timeline.amount(name, i);
        }
        return sum;
    }
}
