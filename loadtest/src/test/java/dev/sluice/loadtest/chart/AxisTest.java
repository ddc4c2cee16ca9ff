package dev.sluice.loadtest.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.LocalDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;

class AxisTest {
    private static final LocalDateTime TEN_TO_NINE = LocalDateTime.of(2026, 11, 30, 8, 50);

    @Test
    void aValueAxisReachesARoundValueThatNothingPasses() {
        assertThat(ValueAxis.upTo(Unit.COUNT, 4_983).top()).isEqualTo(5_000);
        assertThat(ValueAxis.upTo(Unit.COUNT, 5_000).top()).isEqualTo(5_000);
        assertThat(ValueAxis.upTo(Unit.COUNT, 5_001).top()).isEqualTo(6_000);
        assertThat(ValueAxis.upTo(Unit.COUNT, 0).top()).isEqualTo(1);
    }

    @Test
    void aLogarithmicAxisHoldsAllValuesBetweenPowersOfTen() {
        ValueAxis axis = ValueAxis.logarithmic(
                Unit.MILLIS,
                List.of(new Series(Label.same("x"), List.of(new Point(0, 0), new Point(1, 3), new Point(2, 2_500)))));
        assertThat(axis.ticks()).containsExactly(1.0, 10.0, 100.0, 1_000.0, 10_000.0);
        assertThat(axis.place(100)).isCloseTo(0.5, within(1e-9));
        assertThat(axis.place(0)).isZero();
    }

    @Test
    void aLogarithmicAxisWithoutValuesStillHasTwoEnds() {
        assertThat(ValueAxis.logarithmic(Unit.MILLIS, List.of()).ticks()).containsExactly(1.0, 10.0);
    }

    @Test
    void timesOfDayFallOnRoundTimesOfDay() {
        TimeAxis axis = TimeAxis.clock(TEN_TO_NINE, 0, 7_200);
        assertThat(axis.ticks().stream().map(axis::text))
                .containsExactly("09:00", "09:15", "09:30", "09:45", "10:00", "10:15", "10:30", "10:45");
    }

    @Test
    void moreThanADayShowsTheDate() {
        TimeAxis axis = TimeAxis.clock(TEN_TO_NINE, 0, 200_000);
        assertThat(axis.text(86_400)).isEqualTo("12-01 08:50");
    }

    @Test
    void durationsShowHoursOnlyWhereThereAreAny() {
        assertThat(TimeAxis.elapsed(0, 90).text(75)).isEqualTo("1:15");
        assertThat(TimeAxis.elapsed(0, 28_800).text(4_530)).isEqualTo("1:15:30");
    }

    @Test
    void whatIsOutsideIsPutAtTheEnd() {
        TimeAxis axis = TimeAxis.elapsed(0, 100);
        assertThat(axis.place(-5)).isZero();
        assertThat(axis.place(250)).isEqualTo(1);
    }

    @Test
    void anAxisThatEndsWhereItBeginsIsRefused() {
        assertThatThrownBy(() -> TimeAxis.elapsed(3, 3)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> TimeAxis.elapsed(0, Double.NaN)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anAxisOfRatesGoesFrom0ToTheHighestInRoundSteps() {
        RateAxis axis = new RateAxis(3_394);
        assertThat(axis.ticks().stream().map(axis::text))
                .containsExactly("0", "500", "1,000", "1,500", "2,000", "2,500", "3,000");
        assertThat(axis.place(1_697)).isEqualTo(0.5);
        assertThatThrownBy(() -> new RateAxis(0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void valuesAreShownWithThreeDigits() {
        assertThat(Unit.COUNT.text(1_234_567)).isEqualTo("1,234,567");
        assertThat(Unit.COUNT.text(3.14159)).isEqualTo("3.14");
        assertThat(Unit.COUNT.tick(1_500_000)).isEqualTo("1.5M");
        assertThat(Unit.COUNT.tick(20_000)).isEqualTo("20k");
        assertThat(Unit.SHARE.tick(0.2 * 3)).isEqualTo("60 %");
        assertThat(Unit.COUNT.tick(0.1)).isEqualTo("0.1");
        assertThat(Unit.MILLIS.text(12.34)).isEqualTo("12.3 ms");
        assertThat(Unit.MILLIS.text(2_500)).isEqualTo("2.50 s");
        assertThat(Unit.SHARE.text(0.991)).isEqualTo("99.1 %");
        assertThat(Unit.BYTES.text(256 << 20)).isEqualTo("256 MiB");
    }
}
