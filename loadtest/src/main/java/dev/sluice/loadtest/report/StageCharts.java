package dev.sluice.loadtest.report;

import dev.sluice.loadtest.chart.Label;
import dev.sluice.loadtest.chart.LineChart.Scale;
import dev.sluice.loadtest.chart.Unit;
import dev.sluice.loadtest.markup.Element;
import dev.sluice.loadtest.report.data.StageSample;
import java.util.List;

/** What the run took from the platform and from the machine: small charts, side by side where there is room. */
record StageCharts(RunTime time, SampleSeries samples) {
    List<Element> all() {
        return List.of(Element.of("div", "pairs").add(calls(), quota(), fill(), cpu(), memory(), database()));
    }

    private Element calls() {
        return time.lines(
                "calls",
                new Label("Calls a second", "每秒调用数"),
                new Label("That reached the platform.", "到达平台的调用。"),
                Unit.COUNT,
                Scale.LINEAR,
                samples.rates(RunWords.CALLS, SampleSeries.ofStage(StageSample::calls), 0));
    }

    private Element quota() {
        return time.lines(
                "quota",
                new Label("Quota use", "配额利用率"),
                new Label(
                        "People a minute of an organisation or calls a second of an app, whichever limit is used most.",
                        "各组织的每分钟人数与各应用的每秒调用数中，用得最满的一项。"),
                Unit.SHARE,
                Scale.LINEAR,
                samples.levels(new Label("in use", "已用"), SampleSeries.ofStage(StageSample::quotaUse)));
    }

    private Element fill() {
        return time.lines(
                "fill",
                new Label("Fill ratio", "填充率"),
                new Label("People in calls, of those who would have fitted, since the start.", "自开始起，调用中的人数占可容纳人数的比例。"),
                Unit.SHARE,
                Scale.LINEAR,
                samples.levels(RunWords.FILL, SampleSeries.ofStage(StageSample::fillRatio)));
    }

    private Element cpu() {
        return time.lines(
                "cpu",
                new Label("CPU", "处理器"),
                new Label("Share of all cores that was busy.", "所有核心的忙碌比例。"),
                Unit.SHARE,
                Scale.LINEAR,
                samples.levels(new Label("busy", "忙碌"), SampleSeries.ofStage(StageSample::cpuShare)));
    }

    private Element memory() {
        return time.lines(
                "memory",
                new Label("Memory", "内存"),
                new Label("Heap of the engine's nodes together.", "各引擎节点堆内存之和。"),
                Unit.BYTES,
                Scale.LINEAR,
                samples.levels(new Label("heap", "堆"), SampleSeries.ofStage(StageSample::heapBytes)));
    }

    private Element database() {
        return time.lines(
                "database",
                new Label("Database", "数据库"),
                new Label("Size of the Postgres database.", "Postgres 数据库大小。"),
                Unit.BYTES,
                Scale.LINEAR,
                samples.levels(new Label("size", "大小"), SampleSeries.ofStage(StageSample::postgresBytes)));
    }
}
