package dev.sluice.loadtest.load.arrivals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sluice.loadtest.scenario.Arrivals;
import dev.sluice.loadtest.scenario.Timing;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ArrivalTimesTest {
    private static final long SEED = 7;

    @Test
    void constantArrivalsAreEvenlySpacedFromTheStartOn() {
        assertThat(seconds(new Timing(10, 11, 4, Arrivals.CONSTANT, 0))).containsExactly(10.0, 10.25, 10.5, 10.75);
    }

    @Test
    void aRampHasHalfTheArrivalsOfItsTimeAndThenTheWholeRate() {
        List<Double> seconds = seconds(new Timing(0, 20, 100, Arrivals.CONSTANT, 10));
        assertThat(seconds.stream().filter(second -> second < 10).count()).isCloseTo(500, within(1L));
        assertThat(seconds.stream().filter(second -> second < 5).count()).isCloseTo(125, within(1L));
        assertThat(seconds.stream().filter(second -> second >= 10).count()).isCloseTo(1_000, within(1L));
        assertThat(seconds).isSorted();
    }

    @Test
    void poissonArrivalsHaveTheirRateOnAverageAndAreUneven() {
        List<Double> seconds = seconds(new Timing(0, 100, 50, Arrivals.POISSON, 0));
        // Five standard deviations of 5,000 arrivals.
        assertThat((double) seconds.size()).as("seed " + SEED).isCloseTo(5_000, within(354.0));
        double closest = Double.MAX_VALUE;
        for (int i = 1; i < seconds.size(); i++) {
            closest = Math.min(closest, seconds.get(i) - seconds.get(i - 1));
        }
        assertThat(closest).as("seed " + SEED).isLessThan(0.002);
    }

    private static List<Double> seconds(Timing timing) {
        ArrivalTimes times = new ArrivalTimes(timing, new SplittableRandom(SEED));
        List<Double> seconds = new ArrayList<>();
        for (; times.nextNanos() != Long.MAX_VALUE; times.advance()) {
            seconds.add(times.nextNanos() / 1e9);
        }
        return seconds;
    }
}
