package dev.sluice.simulator.clock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import org.junit.jupiter.api.Test;

class PlatformClockTest {
    @Test
    void aFrozenClockStandsAndTheOtherRunsOn() {
        PlatformClock clock = new PlatformClock();
        clock.freeze();
        long wall = clock.wallMillis();
        long nanos = clock.nanos();
        clock.advance(Duration.ofHours(3));

        assertThat(clock.wallMillis()).isEqualTo(wall + 10_800_000);
        long advanced = clock.nanos();
        assertThat(advanced - nanos).isGreaterThanOrEqualTo(10_800_000_000_000L);
        clock.resume();
        assertThat(clock.wallMillis()).isGreaterThanOrEqualTo(wall + 10_800_000);
        assertThat(clock.nanos()).isGreaterThanOrEqualTo(advanced);
        assertThatThrownBy(() -> clock.advance(Duration.ofMillis(-1))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void daysAndMonthsAreThoseOfChina() {
        long beforeMidnight = Instant.parse("2026-11-30T15:59:59.999Z").toEpochMilli();

        assertThat(PlatformClock.chinaMonth(beforeMidnight)).isEqualTo(YearMonth.of(2026, 11));
        assertThat(PlatformClock.chinaMonth(beforeMidnight + 1)).isEqualTo(YearMonth.of(2026, 12));
        assertThat(PlatformClock.chinaDay(beforeMidnight + 1) - PlatformClock.chinaDay(beforeMidnight))
                .isEqualTo(1);
    }
}
