package dev.sluice.loadtest.report;

import dev.sluice.loadtest.chart.Label;
import dev.sluice.loadtest.chart.Page;
import dev.sluice.loadtest.markup.Element;
import dev.sluice.loadtest.markup.Node;
import dev.sluice.loadtest.report.data.RunRecord;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A run as one self-contained HTML file in English and Chinese: the verdict first, then the charts, then what the figures are worthless without.
 * Its size is bounded however long the run was.
 */
public final class RunReport {
    private static final DateTimeFormatter START = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private RunReport() {}

    /** The text of the file. */
    public static String html(RunRecord run) {
        RunTime time = RunTime.of(run);
        List<Node> body = new ArrayList<>(head(run, time));
        body.addAll(VerdictSection.of(run));
        body.addAll(charts(run, time));
        body.addAll(EventList.of(run, time));
        body.addAll(FactList.of(run));
        return new Page(run.scenario() + " · Sluice", body).html();
    }

    private static List<Node> head(RunRecord run, RunTime time) {
        String started = START.format(run.startedAt());
        String took = time.axis().text(run.seconds());
        return List.of(
                Element.of("h1").text(run.scenario()),
                new Label(run.descriptionEn(), run.descriptionZh()).in("p"),
                new Label(started + ", took " + took, started + "，历时 " + took)
                        .in("p")
                        .set("class", "soft"));
    }

    private static List<Node> charts(RunRecord run, RunTime time) {
        SampleSeries samples = new SampleSeries(run.samples());
        List<Node> section = new ArrayList<>();
        section.add(new Label("Over time", "随时间变化").in("h2"));
        section.addAll(new PeopleCharts(run, time, samples).all());
        section.addAll(new LatencyCharts(run, time).all());
        section.addAll(new StageCharts(time, samples).all());
        return section;
    }
}
