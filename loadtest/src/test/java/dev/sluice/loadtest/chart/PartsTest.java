package dev.sluice.loadtest.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PartsTest {
    private static final int EIGHT_HOURS = 28_800;
    private static final long SEED = 7;

    @Test
    void eightHoursBecomeABoundedNumberOfPointsInOrder() {
        List<Point> kept = Parts.extremes(noise(), TimeAxis.elapsed(0, EIGHT_HOURS));
        assertThat(kept).hasSizeLessThanOrEqualTo(2 * Parts.MOST);
        assertThat(kept).isSortedAccordingTo((a, b) -> Double.compare(a.x(), b.x()));
    }

    @Test
    void aPeakAndADipOfOneSecondStay() {
        List<Point> points = new ArrayList<>(noise());
        Point peak = new Point(12_345, 900);
        Point dip = new Point(12_350, -900);
        points.set(12_345, peak);
        points.set(12_350, dip);
        assertThat(Parts.extremes(points, TimeAxis.elapsed(0, EIGHT_HOURS))).contains(peak, dip);
    }

    @Test
    void aShortRunStaysAsItIs() {
        List<Point> minute = noise().subList(0, 61);
        assertThat(Parts.extremes(minute, TimeAxis.elapsed(0, 60))).isEqualTo(minute);
    }

    @Test
    void whatLiesOutsideTheAxisIsInItsLastPart() {
        assertThat(Parts.of(List.of(new Point(50, 1), new Point(300, 2)), TimeAxis.elapsed(0, 100)))
                .hasSize(2);
    }

    private static List<Point> noise() {
        Random random = new Random(SEED);
        return IntStream.range(0, EIGHT_HOURS)
                .mapToObj(second -> new Point(second, random.nextInt(100)))
                .toList();
    }
}
