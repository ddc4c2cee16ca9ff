package dev.sluice.loadtest.report;

import dev.sluice.loadtest.chart.Label;
import dev.sluice.loadtest.chart.Point;
import dev.sluice.loadtest.chart.Series;
import dev.sluice.loadtest.report.data.Sample;
import dev.sluice.loadtest.report.data.StageSample;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** Lines over the samples of a run. Pure. */
record SampleSeries(List<Sample> samples) {
    /** A figure of the stage; not a number, hence no point of a series, where no stage is seen. */
    static ToDoubleFunction<Sample> ofStage(ToDoubleFunction<StageSample> figure) {
        return sample -> sample.stage().map(figure::applyAsDouble).orElse(Double.NaN);
    }

    /** A figure as it was at each sample. */
    Series levels(Label name, ToDoubleFunction<Sample> figure) {
        return new Series(
                name,
                samples.stream()
                        .map(sample -> new Point(sample.second(), figure.applyAsDouble(sample)))
                        .toList());
    }

    /**
     * How fast a running total grew, a second, at each sample over the seconds before it; it was 0 at the start.
     *
     * @param seconds over which growth is averaged, 0 from one sample to the next
     */
    Series rates(Label name, ToDoubleFunction<Sample> total, double seconds) {
        List<Point> totals = new ArrayList<>(List.of(new Point(0, 0)));
        samples.forEach(sample -> totals.add(new Point(sample.second(), total.applyAsDouble(sample))));
        List<Point> rates = new ArrayList<>();
        int before = 0;
        for (int i = 1; i < totals.size(); i++) {
            Point now = totals.get(i);
            while (before + 1 < i && totals.get(before + 1).x() <= now.x() - seconds) {
                before++;
            }
            rates.add(rate(totals.get(before), now));
        }
        return new Series(name, rates);
    }

    /** Not a number, hence no point of a series, where no time went by. */
    private static Point rate(Point before, Point now) {
        return new Point(now.x(), (now.y() - before.y()) / (now.x() - before.x()));
    }
}
