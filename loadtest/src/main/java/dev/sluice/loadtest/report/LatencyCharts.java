package dev.sluice.loadtest.report;

import dev.sluice.loadtest.chart.Label;
import dev.sluice.loadtest.chart.LineChart.Scale;
import dev.sluice.loadtest.chart.Point;
import dev.sluice.loadtest.chart.Series;
import dev.sluice.loadtest.chart.Unit;
import dev.sluice.loadtest.markup.Element;
import dev.sluice.loadtest.markup.Node;
import dev.sluice.loadtest.report.data.LatencySeries;
import dev.sluice.loadtest.report.data.RunRecord;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** Percentiles over time, a chart for each thing that was measured. */
record LatencyCharts(RunRecord run, RunTime time) {
    /** Series beyond these are left to the JSON. */
    private static final int MOST = 6;

    private static final Label NOTE =
            new Label("From the intended start, so waiting in line counts.", "自计划时刻起算，排队也计入。");

    List<? extends Node> all() {
        return IntStream.range(0, Math.min(run.latency().size(), MOST))
                .mapToObj(number -> latency(run.latency().get(number), number))
                .toList();
    }

    private Element latency(LatencySeries series, int number) {
        return time.lines(
                "latency-" + number,
                new Label("Latency: ", "延迟：").and(RunWords.latency(series.name())),
                NOTE.and(RunWords.LOGARITHMIC),
                Unit.MILLIS,
                Scale.LOGARITHMIC,
                percentile(Label.same("p50"), series, LatencySeries.Point::p50Millis),
                percentile(Label.same("p99"), series, LatencySeries.Point::p99Millis),
                percentile(RunWords.MAX, series, LatencySeries.Point::maxMillis).asBackdrop());
    }

    private static Series percentile(Label name, LatencySeries series, ToDoubleFunction<LatencySeries.Point> figure) {
        return new Series(
                name,
                series.points().stream()
                        .map(point -> new Point(point.second(), figure.applyAsDouble(point)))
                        .toList());
    }
}
