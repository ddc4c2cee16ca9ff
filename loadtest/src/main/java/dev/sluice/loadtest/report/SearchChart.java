package dev.sluice.loadtest.report;

import dev.sluice.loadtest.chart.Label;
import dev.sluice.loadtest.chart.LineChart;
import dev.sluice.loadtest.chart.LineChart.Scale;
import dev.sluice.loadtest.chart.Mark;
import dev.sluice.loadtest.chart.Point;
import dev.sluice.loadtest.chart.RateAxis;
import dev.sluice.loadtest.chart.Series;
import dev.sluice.loadtest.chart.Unit;
import dev.sluice.loadtest.markup.Element;
import dev.sluice.loadtest.report.data.SearchRecord;
import dev.sluice.loadtest.report.data.SearchStep;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** Latency over the rate, with the bound as a line. */
record SearchChart(SearchRecord record) {
    private static final Label TITLE = new Label("Latency over the rate", "延迟随速率的变化");
    private static final Label NOTE = new Label(
            "From the intended start to the 202, so waiting in line counts; of a rate that was tried twice, the second time.",
            "自计划时刻起到收到 202，排队也计入；同一速率试两次的取第二次。");
    private static final Label MARK =
            new Label(" The mark 1 is the highest rate that kept the bound.", "标记 1 为保持在界限内的最高速率。");

    /** Nothing where fewer than two rates were answered: that is no line. */
    List<Element> all() {
        List<SearchStep> steps = record.decisive().stream()
                .filter(step -> Double.isFinite(step.p99Millis()))
                .toList();
        return steps.size() < 2 ? List.of() : List.of(figure(steps));
    }

    private Element figure(List<SearchStep> steps) {
        return new LineChart(
                        "latency-over-rate",
                        TITLE,
                        note(),
                        new RateAxis(steps.getLast().perSecond()),
                        Unit.MILLIS,
                        Scale.LOGARITHMIC,
                        List.of(
                                line(Label.same("p50"), steps, SearchStep::p50Millis),
                                line(Label.same("p99"), steps, SearchStep::p99Millis),
                                line(RunWords.MAX, steps, SearchStep::maxMillis).asBackdrop(),
                                line(
                                        new Label("bound of the p99", "p99 的界限"),
                                        steps,
                                        step -> record.search().p99Millis())),
                        record.found() ? List.of(answer()) : List.of())
                .figure();
    }

    private Label note() {
        Label note = NOTE.and(RunWords.LOGARITHMIC);
        return record.found() ? note.and(MARK) : note;
    }

    private static Series line(Label name, List<SearchStep> steps, ToDoubleFunction<SearchStep> figure) {
        return new Series(
                name,
                steps.stream()
                        .map(step -> new Point(step.perSecond(), figure.applyAsDouble(step)))
                        .toList());
    }

    private Mark answer() {
        Label words = SearchAnswer.of(record);
        return new Mark(record.highestPerSecond(), 1, words.english() + " · " + words.chinese());
    }
}
