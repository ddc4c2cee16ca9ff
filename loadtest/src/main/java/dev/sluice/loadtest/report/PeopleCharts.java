package dev.sluice.loadtest.report;

import dev.sluice.loadtest.chart.Label;
import dev.sluice.loadtest.chart.LineChart.Scale;
import dev.sluice.loadtest.chart.Point;
import dev.sluice.loadtest.chart.Series;
import dev.sluice.loadtest.chart.StackedChart;
import dev.sluice.loadtest.chart.Unit;
import dev.sluice.loadtest.markup.Element;
import dev.sluice.loadtest.markup.Node;
import dev.sluice.loadtest.report.data.RunRecord;
import dev.sluice.loadtest.report.data.Sample;
import dev.sluice.loadtest.report.data.StageSample;
import java.util.ArrayList;
import java.util.List;

/** How many people there were, how fast they came and went, and what held those who waited. */
record PeopleCharts(RunRecord run, RunTime time, SampleSeries samples) {
    /** Where the fastest line is so many times as fast as the slowest, only a logarithmic axis shows both. */
    private static final double SPREAD = 20;

    /** People travel a hundred to a call: from one second to the next, rates jump between none and a hundred. */
    private static final double AVERAGED_SECONDS = 5;

    /** What holds people back at an engine elsewhere is told of one of them at a time: of all who wait there is no chart. */
    List<Node> all() {
        return run.elsewhere() ? List.of(totals(), rates()) : List.of(totals(), rates(), waiting());
    }

    private Element totals() {
        List<Series> levels = new ArrayList<>(List.of(
                samples.levels(RunWords.OFFERED, Sample::offered).asBackdrop(),
                samples.levels(RunWords.ACCEPTED, Sample::accepted),
                samples.levels(RunWords.SETTLED, Sample::settled)));
        if (!run.elsewhere()) {
            levels.add(samples.levels(RunWords.SHOWN, SampleSeries.ofStage(StageSample::shown)));
        }
        return time.lines(
                "totals",
                new Label("People", "人数"),
                totalsNote(),
                Unit.COUNT,
                Scale.LINEAR,
                levels.toArray(Series[]::new));
    }

    private Label totalsNote() {
        return run.elsewhere()
                ? new Label(
                        "Running totals. The distance from accepted to settled is the backlog. Settled is as the engine's counts said when it"
                                + " was asked, once a second as a rule.",
                        "累计值。“接受”与“完成”之间的距离就是积压。“完成”为询问引擎时的计数，通常每秒一次。")
                : new Label(
                        "Running totals. The distance from accepted to settled is the backlog.",
                        "累计值。“接受”与“完成”之间的距离就是积压。");
    }

    private Element rates() {
        List<Series> rates = new ArrayList<>(List.of(
                samples.rates(RunWords.OFFERED, Sample::offered, AVERAGED_SECONDS)
                        .asBackdrop(),
                samples.rates(RunWords.ACCEPTED, Sample::accepted, AVERAGED_SECONDS),
                samples.rates(RunWords.SETTLED, Sample::settled, AVERAGED_SECONDS)));
        if (run.samples().stream().anyMatch(sample -> sample.refused() > 0)) {
            rates.add(samples.rates(RunWords.REFUSED, Sample::refused, AVERAGED_SECONDS));
        }
        Scale scale = scale(rates);
        return time.lines(
                "rates",
                new Label("People a second", "每秒人数"),
                scale == Scale.LINEAR ? ratesNote() : ratesNote().and(RunWords.LOGARITHMIC),
                Unit.COUNT,
                scale,
                rates.toArray(Series[]::new));
    }

    private static Label ratesNote() {
        return new Label(
                "How fast they were offered, accepted and settled, each over 5 seconds.", "发起、接受与完成的速率，按 5 秒平均。");
    }

    private Element waiting() {
        return new StackedChart(
                        "waiting",
                        new Label("Waiting, by the limit that holds them", "等待人数（按制约的限额）"),
                        new Label(
                                "Accepted people whose turn has not come, and the limit that holds their lane.",
                                "已接受但尚未轮到的人，以及此刻制约其通道的限额。"),
                        time.axis(),
                        Unit.COUNT,
                        WaitingLayers.of(run.samples()),
                        time.marks())
                .figure();
    }

    private static Scale scale(List<Series> series) {
        List<Double> fastest = series.stream()
                .map(one -> one.points().stream().mapToDouble(Point::y).max().orElse(0))
                .filter(most -> most > 0)
                .sorted()
                .toList();
        return !fastest.isEmpty() && fastest.getLast() > SPREAD * fastest.getFirst() ? Scale.LOGARITHMIC : Scale.LINEAR;
    }
}
