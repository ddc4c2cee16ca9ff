package dev.sluice.loadtest.chart;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TicksTest {
    @ParameterizedTest
    @CsvSource({"5, 1", "6, 2", "100, 20", "101, 50", "4983, 1000", "0.98, 0.2", "0.0003, 0.0001", "1200000, 500000"})
    void valuesAreDividedByOneTwoOrFiveAndAPowerOfTen(double span, double step) {
        assertThat(Ticks.step(span, 5)).isEqualTo(step);
    }

    @ParameterizedTest
    @CsvSource({"8, 1", "60, 10", "120, 15", "600, 120", "3600, 600", "28800, 3600", "86400, 10800", "6000000, 1209600"
    })
    void timesAreDividedByWhatAClockShows(double seconds, double step) {
        assertThat(Ticks.timeStep(seconds, 8)).isEqualTo(step);
    }

    @Test
    void bytesAreDividedByPowersOfTwo() {
        assertThat(Ticks.binaryStep(300 << 20, 5)).isEqualTo(64 << 20);
        assertThat(Ticks.binaryStep(320 << 20, 5)).isEqualTo(64 << 20);
    }

    @Test
    void theEndsOfTheAxisAreTicksWhenTheyAreRound() {
        assertThat(Ticks.multiples(0, 0.6, 0.2)).hasSize(4);
        assertThat(Ticks.multiples(7, 31, 10)).containsExactly(10.0, 20.0, 30.0);
        assertThat(Ticks.powers(1, 1_000)).containsExactly(1.0, 10.0, 100.0, 1_000.0);
    }
}
