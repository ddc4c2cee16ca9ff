package dev.sluice.loadtest.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.loadtest.report.data.Sample;
import dev.sluice.loadtest.report.data.StageSample;
import dev.sluice.loadtest.terminal.Language;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LoadTextTest {
    @Test
    void whatHoldsPeopleIsSaidInTheLanguageOfTheReader() {
        Sample now = sample(0.5, Map.of("qps:asyncsend_v2 40 per 1 s", 1_200L, "none", 3L));
        assertThat(new LoadText(Language.EN).line(now))
                .endsWith("waiting: calls a second (40 / 1 s) 1,200; no limit: about to go 3");
        assertThat(new LoadText(Language.ZH).line(now)).endsWith("等待：每秒调用数（40 / 1 s） 1,200；无限额：即将发出 3");
    }

    @Test
    void aLaneWhoseCallsComeTooLateSaysSoInTheLanguageOfTheReader() {
        Sample now = sample(0.5, Map.of("late calls", 7L));
        assertThat(new LoadText(Language.EN).line(now)).endsWith("waiting: calls ready too late 7");
        assertThat(new LoadText(Language.ZH).line(now)).endsWith("等待：调用就绪过晚 7");
    }

    @Test
    void beforeTheFirstCallThereIsNoFillRatio() {
        assertThat(new LoadText(Language.EN).line(sample(Double.NaN, Map.of()))).contains("fill -,");
        assertThat(new LoadText(Language.EN).line(sample(0.5, Map.of()))).contains("fill 0.50,");
    }

    @Test
    void whereNotAllIsOverInTimeItSaysForWhatThereWasToWaitAndWhatToDo() {
        LoadText text = new LoadText(Language.EN);
        assertThat(text.late(120, sample(0.5, Map.of("month budget", 7L))))
                .startsWith("120 s after the load (bounds.drainSeconds) not all was over; waiting: month's budget 7.")
                .contains("give it more");
        assertThat(text.late(120, sample(0.5, Map.of()))).contains("results are to be asked for");
        assertThat(new LoadText(Language.ZH).late(120, sample(0.5, Map.of()))).contains("120 秒", "调大");
    }

    @Test
    void whatIsGivenUpIsSaid() {
        assertThat(new LoadText(Language.EN).givenUp(600)).startsWith("600 s after the load some requests");
        assertThat(new LoadText(Language.ZH).givenUp(600)).startsWith("负载结束 600 秒后");
    }

    private static Sample sample(double fillRatio, Map<String, Long> waiting) {
        return new Sample(1, 9, 9, 0, 0, Optional.of(new StageSample(0, 0, waiting, 0, fillRatio, 0, 0, 0)));
    }
}
