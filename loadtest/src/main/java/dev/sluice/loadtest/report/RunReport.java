package dev.sluice.loadtest.report;

import dev.sluice.loadtest.chart.Label;
import dev.sluice.loadtest.chart.Page;
import dev.sluice.loadtest.markup.Node;
import dev.sluice.loadtest.report.data.RunRecord;
import java.util.ArrayList;
import java.util.List;

/**
 * A run as one self-contained HTML file in English and Chinese: the verdict first, then the charts, then what the figures are worthless without.
 * What cannot be seen of an engine elsewhere has no chart. Its size is bounded however long the run was.
 */
public final class RunReport {
    private static final Label NOT_SEEN = new Label(
            "The engine runs elsewhere. Who is settled is what its counts said each time it was asked, once a second as a rule: how often, and the"
                    + " longest time between two answers, are among the facts. What held people back has no chart, since the engine says it of one person at a"
                    + " time (waitingFor in GET /v1/deliveries/{id}), not how many wait for each limit. What the platform showed, and the engine's"
                    + " processor, memory and database cannot be seen from here, so there are no charts of them; the machine below is the client's.",
            "引擎在别处运行。“完成”人数来自每次询问时引擎给出的计数，通常每秒询问一次；询问次数与两次应答的最长间隔见“环境”。制约人员的限额没有图表：引擎只逐人说明原因（GET /v1/deliveries/{id} 的 waitingFor），不按限额汇总等待人数。平台的展示情况，以及引擎的处理器、内存与数据库在此不可见，因此没有相应图表；下列机器为客户端所在机器。");

    private RunReport() {}

    /** The text of the file. */
    public static String html(RunRecord run) {
        RunTime time = RunTime.of(run);
        List<Node> body = new ArrayList<>(HeadSection.of(run.head()));
        body.addAll(VerdictSection.of(run));
        body.addAll(RunTotals.states(run));
        body.addAll(charts(run, time));
        body.addAll(EventList.of(run, time));
        body.addAll(FactList.of(run.head()));
        return new Page(HeadSection.title(run.head()), body).html();
    }

    private static List<Node> charts(RunRecord run, RunTime time) {
        SampleSeries samples = new SampleSeries(run.samples());
        List<Node> section = new ArrayList<>();
        section.add(new Label("Over time", "随时间变化").in("h2"));
        section.addAll(new PeopleCharts(run, time, samples).all());
        section.addAll(new LatencyCharts(run, time).all());
        if (run.elsewhere()) {
            section.add(NOT_SEEN.in("p").set("class", "soft"));
        } else {
            section.addAll(new StageCharts(time, samples).all());
        }
        return section;
    }
}
