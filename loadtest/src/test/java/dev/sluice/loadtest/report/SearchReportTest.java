package dev.sluice.loadtest.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.loadtest.markup.Parsed;
import dev.sluice.loadtest.report.data.SearchStep;
import dev.sluice.loadtest.report.data.SearchStep.Turn;
import org.junit.jupiter.api.Test;

class SearchReportTest {
    private final Parsed page = Parsed.of(SearchReport.html(RecordedSearches.found()));

    @Test
    void theAnswerComesFirstInBothLanguages() {
        assertThat(page.words("//p[@class='verdict good']/span"))
                .containsExactly(
                        "Highest steady rate with p99 up to 50 ms: 200 requests a second",
                        "p99 不超过 50 毫秒的最高稳定速率：每秒 200 个请求");
        assertThat(page.all("//p[@class='verdict good']/following::figure")).hasSize(1);
    }

    @Test
    void everyStepIsInTheTableAndJudgedInWords() {
        assertThat(page.words("//table[@class='steps']/tbody/tr/th"))
                .containsExactly("warm-up预热", "1", "2", "2, again2，再试", "3", "3, again3，再试");
        assertThat(page.words("//table[@class='steps']/tbody/tr/td[@class='outcome']/span[@lang='en']"))
                .containsExactly("– not judged", "✓ kept", "✗ not kept", "✓ kept", "✗ not kept", "✗ not kept");
        assertThat(page.words("//table[@class='steps']/tbody/tr[4]/td"))
                .containsExactly("200", "1,600", "0", "4 ms", "12 ms", "30 ms", "✓ kept✓ 达到");
    }

    @Test
    void theChartShowsTheDecidingStepsOverTheRateWithTheBoundAndTheAnswer() {
        assertThat(page.words("//figure//ul[@class='legend']/li"))
                .containsExactly("p50", "p99", "max最大", "bound of the p99p99 的界限");
        assertThat(page.words("//figure//tbody/tr/th")).containsExactly("100", "200", "400");
        assertThat(page.words("//figure//tbody/tr/td[2]")).containsExactly("10 ms", "12 ms", "1.20 s");
        assertThat(page.words("//figure//tbody/tr/td[4]")).containsOnly("50 ms");
        assertThat(page.all("//figure//g[@class='marks']//line").getFirst().getAttribute("x1"))
                .isEqualTo("50%");
    }

    @Test
    void aRateAtTheEndOfTheRangeIsNotCalledTheMost() {
        SearchStep last = new SearchStep(1, Turn.FIRST, 20_000, 160_000, 0, 3, 10, 20, true);
        assertThat(SearchReport.html(RecordedSearches.of(20_000, last))).contains("more may be possible");
        assertThat(page.words("//p/span")).noneMatch(words -> words.contains("more may be possible"));
    }

    @Test
    void whereNoRateKeptTheBoundNoneIsMarked() {
        Parsed none = Parsed.of(SearchReport.html(RecordedSearches.of(
                0,
                new SearchStep(1, Turn.SECOND, 100, 800, 0, 40, 300, 400, false),
                new SearchStep(2, Turn.SECOND, 200, 800, 0, 40, 300, 400, false))));
        assertThat(none.all("//figure")).hasSize(1);
        assertThat(none.all("//figure//g[@class='marks']//line")).isEmpty();
        assertThat(none.words("//figcaption/p/span")).noneMatch(words -> words.contains("mark 1"));
        assertThat(page.words("//figcaption/p/span")).anyMatch(words -> words.contains("mark 1"));
    }

    @Test
    void oneRateAloneIsNoChart() {
        SearchStep only = new SearchStep(1, Turn.SECOND, 100, 800, 0, 40, 300, 400, false);
        assertThat(Parsed.of(SearchReport.html(RecordedSearches.of(0, only))).all("//figure"))
                .isEmpty();
    }

    @Test
    void whereNothingWasAcceptedThereIsNoChartAndNoNumber() {
        Parsed nothing = Parsed.of(SearchReport.html(RecordedSearches.nothing()));
        assertThat(nothing.words("//p[@class='verdict bad']/span").getFirst())
                .isEqualTo("Not even 100 requests a second kept a p99 of 50 ms");
        assertThat(nothing.all("//figure")).isEmpty();
        assertThat(nothing.words("//table[@class='steps']/tbody/tr[1]/td"))
                .containsExactly("100", "0", "800", "–", "–", "–", "✗ not kept✗ 未达到");
    }
}
