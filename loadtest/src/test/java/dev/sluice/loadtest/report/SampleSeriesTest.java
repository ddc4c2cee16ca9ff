package dev.sluice.loadtest.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.loadtest.chart.Label;
import dev.sluice.loadtest.chart.Point;
import dev.sluice.loadtest.report.data.Sample;
import dev.sluice.loadtest.report.data.StageSample;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SampleSeriesTest {
    private static final Label NAME = Label.same("x");

    @Test
    void aRateIsTheGrowthBetweenTwoSamplesForEachSecondOfIt() {
        List<Sample> samples = List.of(settled(1, 10), settled(2, 30), settled(4, 70), settled(5, 70));
        assertThat(new SampleSeries(samples).rates(NAME, Sample::settled, 0).points())
                .containsExactly(new Point(1, 10), new Point(2, 20), new Point(4, 20), new Point(5, 0));
    }

    @Test
    void growthIsAveragedOverTheSecondsBefore() {
        List<Sample> samples = List.of(settled(1, 100), settled(2, 100), settled(3, 100), settled(4, 200));
        assertThat(new SampleSeries(samples).rates(NAME, Sample::settled, 2).points())
                .containsExactly(new Point(1, 100), new Point(2, 50), new Point(3, 0), new Point(4, 50));
    }

    @Test
    void aRatioOfNothingIsNoPoint() {
        assertThat(new SampleSeries(List.of(RecordedRuns.sample(1)))
                        .levels(NAME, SampleSeries.ofStage(StageSample::fillRatio))
                        .points())
                .isEmpty();
    }

    @Test
    void whatIsNotSeenIsNoPointAndNoRate() {
        SampleSeries elsewhere = new SampleSeries(List.of(settled(1, 10), settled(2, 20)));
        assertThat(elsewhere
                        .levels(NAME, SampleSeries.ofStage(StageSample::shown))
                        .points())
                .isEmpty();
        assertThat(elsewhere
                        .rates(NAME, SampleSeries.ofStage(StageSample::calls), 0)
                        .points())
                .isEmpty();
    }

    private static Sample settled(int second, long settled) {
        return new Sample(second, 0, 0, 0, settled, Optional.empty());
    }
}
