package dev.sluice.loadtest.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.loadtest.chart.Label;
import dev.sluice.loadtest.markup.Parsed;
import dev.sluice.loadtest.report.data.Event;
import dev.sluice.loadtest.report.data.PromiseRow;
import dev.sluice.loadtest.report.data.RunRecord;
import dev.sluice.loadtest.scenario.LoadKind;
import dev.sluice.loadtest.verdict.Finding;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;

class RunReportTest {
    private static final int MINUTE = 60;

    @Test
    void theVerdictComesFirst() {
        Parsed page = Parsed.of(RunReport.html(RecordedRuns.of(MINUTE)));
        assertThat(page.words("//p[contains(@class, 'verdict')]/span"))
                .containsExactly("1 of 2 promises broken", "2 项承诺中有 1 项未兑现");
        assertThat(page.all("//p[contains(@class, 'verdict')]/following::figure"))
                .hasSameSizeAs(page.all("//figure"));
    }

    @Test
    void aBrokenPromiseIsMarkedInWordsAndNotByColourAlone() {
        Parsed page = Parsed.of(RunReport.html(RecordedRuns.of(MINUTE)));
        assertThat(page.words("//table[@class='promises']//tr[@class='bad']/*"))
                .containsExactly(
                        "p99 of accepting接受耗时 p99",
                        "I1 I2",
                        "300 ms, 5 sent300 ms，发出 5 条",
                        "≤ 100 ms",
                        "✗ broken✗ 未兑现");
    }

    @Test
    void whatWasNotJudgedIsNotCalledKept() {
        PromiseRow unjudged = new PromiseRow(
                Label.same("fill"),
                List.of(),
                Label.same("0.7"),
                Label.same("not with faults"),
                Finding.Outcome.NOT_JUDGED);
        Parsed page = Parsed.of(RunReport.html(
                RecordedRuns.of("faults", MINUTE, List.of(RecordedRuns.kept(), unjudged), List.of(), Map.of())));
        assertThat(page.words("//p[contains(@class, 'verdict')]/span").getFirst())
                .isEqualTo("All 1 promises kept that were judged");
        assertThat(page.words("//table[@class='promises']//tr[@class='unjudged']/*"))
                .containsExactly("fill", "", "0.7", "not with faults", "– not judged– 未核对");
    }

    @Test
    void theVerdictIsReadInBothLanguagesToTheEndOfEachRow() {
        Parsed page = Parsed.of(RunReport.html(RecordedRuns.of(MINUTE)));
        assertThat(
                        page.words(
                                "//table[@class='promises']//td//span[@lang='zh'] | //table[@class='promises']//th[@scope='row']//span[@lang='zh']"))
                .containsExactly("无人重复收到", "✓ 兑现", "接受耗时 p99", "300 ms，发出 5 条", "✗ 未兑现");
    }

    @Test
    void whatHappenedIsSaidInBothLanguages() {
        Parsed page = Parsed.of(RunReport.html(RecordedRuns.of(MINUTE)));
        assertThat(page.words("//ol[@class='events']/li/span[@lang]"))
                .containsExactly("kill -9 of node 1", "kill -9 强杀节点 1");
    }

    @Test
    void latenciesAndFactsOfARunHaveNamesInBothLanguages() {
        for (LoadKind kind : LoadKind.values()) {
            Label name = RunWords.latency(kind.name().toLowerCase(Locale.ROOT) + " to 202");
            assertThat(name.chinese()).isNotEqualTo(name.english());
        }
        assertThat(RunWords.fact("seed").chinese()).isEqualTo("随机种子");
        assertThat(RunWords.fact("JDK").chinese()).isEqualTo("JDK");
    }

    /** Everybody is offered in one second and settled at 83 a second. */
    @Test
    void anAxisOfEqualFactorsIsNamedWhereItIsOne() {
        Parsed page = Parsed.of(RunReport.html(RecordedRuns.of(MINUTE)));
        assertThat(page.words("//figure[@id='rates']/figcaption/p/span"))
                .satisfiesExactly(
                        english -> assertThat(english).endsWith(" Equal steps are equal factors."),
                        chinese -> assertThat(chinese).endsWith("纵轴为对数刻度。"));
        assertThat(page.words("//figure[@id='totals']/figcaption/p/span").getFirst())
                .doesNotContain("factors");
    }

    @Test
    void everyChartHasATitleAMarkForEveryEventAndATable() {
        Parsed page = Parsed.of(RunReport.html(RecordedRuns.of(MINUTE)));
        List<Element> figures = page.all("//figure");
        assertThat(figures)
                .extracting(figure -> figure.getAttribute("id"))
                .containsExactly(
                        "totals",
                        "rates",
                        "waiting",
                        "latency-0",
                        "calls",
                        "quota",
                        "fill",
                        "cpu",
                        "memory",
                        "database");
        for (Element element : figures) {
            Parsed figure = new Parsed(element);
            assertThat(figure.words("figcaption/h3").getFirst()).isNotBlank();
            assertThat(figure.words(".//*[@class='marks']//title"))
                    .containsExactly("0:03 kill -9 of node 1 · kill -9 强杀节点 1");
            assertThat(figure.all(".//table/thead//th[@scope='col']")).hasSizeGreaterThan(1);
        }
    }

    @Test
    void everybodyIsCountedByTheStateInWhichTheyAre() {
        Parsed page = Parsed.of(RunReport.html(RecordedRuns.of(MINUTE)));
        assertThat(page.words("//dl[@class='totals'][2]//dt/span[@lang='en']")).containsExactly("sent", "failed");
        assertThat(page.words("//dl[@class='totals'][2]//dd")).containsExactly("4,990", "10");
    }

    @Test
    void ofAnEngineElsewhereThereAreOnlyChartsOfWhatItsClientSaw() {
        Parsed page = Parsed.of(RunReport.html(RecordedRuns.elsewhere(MINUTE)));
        assertThat(page.all("//figure"))
                .extracting(figure -> figure.getAttribute("id"))
                .containsExactly("totals", "rates", "latency-0");
        for (Element figure : page.all("//figure")) {
            assertThat(new Parsed(figure).all(".//path[starts-with(@class, 'line')][@d != '']"))
                    .hasSameSizeAs(new Parsed(figure).all(".//ul[@class='legend']/li"));
        }
        assertThat(page.words("//figure[@id='totals']//ul/li/span[@lang='en']"))
                .containsExactly("offered", "accepted", "settled");
        assertThat(page.words("//dl[@class='totals'][1]//dt/span[@lang='en']"))
                .containsExactly("offered", "accepted", "refused or unanswered", "settled");
    }

    @Test
    void thatAnEngineElsewhereWentAwayComesBeforeWhatWasJudged() {
        Parsed page = Parsed.of(RunReport.html(RecordedRuns.away(MINUTE)));
        assertThat(page.words("//p[@class='verdict bad']/span[@lang='en']"))
                .containsExactly(
                        "The engine gave no answer from second 12 on: the last state of 312 of 1,500 people is not known,"
                                + " and what depends on it is not judged");
        assertThat(page.words("//p[@class='verdict bad']/span[@lang='zh']").getFirst())
                .startsWith("引擎自第 12 秒起不再应答：1,500 人中有 312 人");
        assertThat(page.all("//p[@class='verdict good']")).isEmpty();
        assertThat(RunJson.of(RecordedRuns.away(MINUTE)).getBoolean("kept")).isFalse();
    }

    @Test
    void whyThereAreNoChartsOfAnEngineElsewhereIsSaidInBothLanguages() {
        Parsed page = Parsed.of(RunReport.html(RecordedRuns.elsewhere(MINUTE)));
        assertThat(page.words("//p/span"))
                .anyMatch(words -> words.startsWith("The engine runs elsewhere")
                        && words.contains(
                                "What held people back has no chart, since the engine says it of one person at a time"))
                .anyMatch(words -> words.startsWith("引擎在别处运行") && words.contains("限额没有图表：引擎只逐人说明原因"));
        assertThat(RunReport.html(RecordedRuns.of(MINUTE))).doesNotContain("runs elsewhere");
    }

    @Test
    void idsAreUniqueAndEveryReferenceHasItsTarget() {
        Parsed page = Parsed.of(RunReport.html(RecordedRuns.of(MINUTE)));
        List<String> ids = page.all("//*[@id]").stream()
                .map(each -> each.getAttribute("id"))
                .toList();
        assertThat(ids).doesNotHaveDuplicates();
        assertThat(page.all("//*[@aria-labelledby]"))
                .allSatisfy(each -> assertThat(new HashSet<>(ids)).contains(each.getAttribute("aria-labelledby")));
    }

    @Test
    void whatUsersNamedIsShownAndNeverRuns() {
        String hostile = RecordedRuns.HOSTILE;
        RunRecord run = RecordedRuns.of(
                hostile,
                MINUTE,
                List.of(new PromiseRow(
                        Label.same(hostile), List.of(), Label.same(hostile), Label.same(hostile), Finding.Outcome.OK)),
                List.of(new Event(1, hostile, hostile)),
                Map.of(hostile, hostile));
        Parsed page = Parsed.of(RunReport.html(run));
        String shown = hostile.replace('\u0007', '\uFFFD');
        assertThat(page.words("//h1")).containsExactly(shown);
        assertThat(page.words("//ol[@class='events']/li").getFirst()).endsWith(shown);
        assertThat(page.words("//dl[@class='facts']/dt")).contains(shown);
        assertThat(page.all("//img")).isEmpty();
        assertThat(page.all("//script")).hasSize(1);
    }

    @Test
    void eightHoursStayAsSmallAsAFewMinutes() {
        int tenMinutes = RunReport.html(RecordedRuns.of(600)).getBytes(StandardCharsets.UTF_8).length;
        int eightHours = RunReport.html(RecordedRuns.of(28_800)).getBytes(StandardCharsets.UTF_8).length;
        assertThat(eightHours).isLessThan(2 * tenMinutes).isLessThan(1_500_000);
    }

    @Test
    void moreEventsThanAnybodyReadsAreCounted() {
        List<Event> events = IntStream.range(0, 103)
                .mapToObj(i -> new Event(i / 2.0, "event " + i, "事件 " + i))
                .toList();
        RunRecord run = RecordedRuns.of("x", MINUTE, List.of(), events, Map.of());
        Parsed page = Parsed.of(RunReport.html(run));
        assertThat(page.all("//ol[@class='events']/li")).hasSize(RunTime.MOST_EVENTS);
        assertThat(page.words("//p/span[@lang='en']")).contains("and 3 more, in the JSON", "Nothing was judged.");
    }

    @Test
    void aRunThatBrokeAtItsStartStillHasAReport() {
        RunRecord run = new RunRecord(
                RecordedRuns.head("x", 0, Map.of()), List.of(), List.of(), List.of(), Map.of(), List.of());
        assertThat(Parsed.of(RunReport.html(run)).all("//figure")).isNotEmpty();
    }
}
