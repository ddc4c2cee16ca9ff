package dev.sluice.loadtest.report;

import dev.sluice.loadtest.chart.Label;
import dev.sluice.loadtest.chart.Page;
import dev.sluice.loadtest.chart.Unit;
import dev.sluice.loadtest.markup.Element;
import dev.sluice.loadtest.markup.Node;
import dev.sluice.loadtest.report.data.SearchRecord;
import dev.sluice.loadtest.scenario.SearchSpec;
import java.util.ArrayList;
import java.util.List;

/**
 * A search for the highest steady rate as one self-contained HTML file in English and Chinese: the answer first, then latency over the rate and
 * every rate that was tried.
 */
public final class SearchReport {
    private static final Label CEILING =
            new Label("This is the highest rate that was to be tried: more may be possible.", "这是允许尝试的最高速率，实际可能更高。");

    private SearchReport() {}

    /** The text of the file. */
    public static String html(SearchRecord record) {
        List<Node> body = new ArrayList<>(HeadSection.of(record.head()));
        body.add(answer(record));
        body.add(how(record.search()).in("p"));
        if (record.highestPerSecond() >= record.search().toPerSecond()) {
            body.add(CEILING.in("p"));
        }
        body.addAll(new SearchChart(record).all());
        body.add(new Label("Rates that were tried", "尝试过的速率").in("h2"));
        body.add(SearchSteps.of(record));
        body.addAll(FactList.of(record.head()));
        return new Page(HeadSection.title(record.head()), body).html();
    }

    private static Element answer(SearchRecord record) {
        return SearchAnswer.of(record).in("p").set("class", record.found() ? "verdict good" : "verdict bad");
    }

    private static Label how(SearchSpec search) {
        String from = Unit.COUNT.text(search.fromPerSecond());
        String to = Unit.COUNT.text(search.toPerSecond());
        String seconds = Unit.COUNT.text(search.stepSeconds());
        String bound = Unit.MILLIS.text(search.p99Millis());
        return new Label(
                ("Rates from %s to %s requests a second were to be tried, each held for %s s. A rate counts when nobody is refused and the p99"
                                + " is not above %s; it is too high when it fails twice in a row. The search ends when the highest rate"
                                + " that kept it and the lowest that did not are less than 5 %% apart.")
                        .formatted(from, to, seconds, bound),
                "尝试范围为每秒 %s 至 %s 个请求，每个速率保持 %s 秒。无人被拒绝且 p99 不超过 %s 才算达到；连续两次失败即视为过高。当达到的最高速率与未达到的最低速率相差不到 5 %% 时结束。"
                        .formatted(from, to, seconds, bound));
    }
}
