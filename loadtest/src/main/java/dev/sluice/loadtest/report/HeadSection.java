package dev.sluice.loadtest.report;

import dev.sluice.loadtest.chart.Label;
import dev.sluice.loadtest.chart.TimeAxis;
import dev.sluice.loadtest.markup.Element;
import dev.sluice.loadtest.markup.Node;
import dev.sluice.loadtest.report.data.RunHead;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** What was run, when and for how long. */
final class HeadSection {
    private static final DateTimeFormatter START = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private HeadSection() {}

    static List<Node> of(RunHead head) {
        String started = START.format(head.startedAt());
        String took = TimeAxis.elapsed(0, Math.max(RunTime.LEAST_SECONDS, head.seconds()))
                .text(head.seconds());
        return List.of(
                Element.of("h1").text(head.scenario()),
                new Label(head.descriptionEn(), head.descriptionZh()).in("p"),
                new Label(started + ", took " + took, started + "，历时 " + took)
                        .in("p")
                        .set("class", "soft"));
    }

    /** The title of the window. */
    static String title(RunHead head) {
        return head.scenario() + " · Sluice";
    }
}
