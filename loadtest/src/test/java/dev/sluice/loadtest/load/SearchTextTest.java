package dev.sluice.loadtest.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.loadtest.report.data.SearchStep;
import dev.sluice.loadtest.report.data.SearchStep.Turn;
import dev.sluice.loadtest.terminal.Language;
import org.junit.jupiter.api.Test;

class SearchTextTest {
    private static final SearchStep WARM_UP = new SearchStep(0, Turn.WARM_UP, 100, 800, 0, 9, 300, 400, false);
    private static final SearchStep AGAIN = new SearchStep(2, Turn.SECOND, 1_200, 9_600, 0, 4.25, 12, 30, true);

    @Test
    void aStepIsNamedInTheLanguageOfTheReader() {
        assertThat(new SearchText(Language.EN).line(WARM_UP)).startsWith("warm-up: 100/s ");
        assertThat(new SearchText(Language.ZH).line(WARM_UP)).startsWith("预热：每秒 100 ");
        assertThat(new SearchText(Language.EN).line(AGAIN))
                .isEqualTo("2, again: 1,200/s  p50 4.3  p99 12.0  max 30.0 ms  refused 0  OK");
        assertThat(new SearchText(Language.ZH).line(AGAIN))
                .isEqualTo("2，再试：每秒 1,200  p50 4.3  p99 12.0  最大 30.0 毫秒  拒绝 0  达到");
    }

    @Test
    void whereNothingWasAcceptedThereIsNoLatency() {
        SearchStep nothing = new SearchStep(1, Turn.FIRST, 100, 0, 800, Double.NaN, Double.NaN, Double.NaN, false);
        assertThat(new SearchText(Language.EN).line(nothing))
                .isEqualTo("1: 100/s  p50 -  p99 -  max - ms  refused 800  -");
    }
}
