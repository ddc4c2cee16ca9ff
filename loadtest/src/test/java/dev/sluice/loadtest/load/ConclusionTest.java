package dev.sluice.loadtest.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.model.DeliveryState;
import dev.sluice.loadtest.report.data.EngineAway;
import dev.sluice.loadtest.report.data.RunHead;
import dev.sluice.loadtest.report.data.RunRecord;
import dev.sluice.loadtest.scenario.ScenarioFile;
import dev.sluice.loadtest.scenario.ScenarioInvalid;
import dev.sluice.loadtest.terminal.Language;
import dev.sluice.loadtest.verdict.Verdict;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ConclusionTest {
    private static final String SCENARIO = """
            name: test
            description: {en: a test, zh: 测试}
            tenants: [{name: one, tier: standard}]
            load: [{kind: singles, tenants: one, untilSeconds: 1, perSecond: 1}]
            """;

    @Test
    void anEngineThatWentAwayIsToldInASentenceOfTheLanguage() throws IOException, ScenarioInvalid {
        assertThat(said(Language.EN))
                .anyMatch(line -> line.endsWith("and what depends on it is not judged."))
                .contains("NOT EVERY PROMISE COULD BE JUDGED.");
        assertThat(said(Language.ZH))
                .anyMatch(line -> line.endsWith("依赖它的承诺未核对。"))
                .contains("部分承诺无法核对。");
    }

    @Test
    void itIsSaidHowManyAreInWhichState() throws IOException, ScenarioInvalid {
        assertThat(said(Language.EN)).contains("People by state: sent 3,189, failed 11");
        assertThat(said(Language.ZH)).contains("各状态人数：已发送 3,189，失败 11");
    }

    private static List<String> said(Language language) throws IOException, ScenarioInvalid {
        StringWriter out = new StringWriter();
        LoadOptions options = new LoadOptions(
                ScenarioFile.parse(SCENARIO), "", "", Optional.empty(), Optional.empty(), Optional.empty(), language);
        assertThat(new Conclusion(options, new PrintWriter(out)).of(engineWentAway()))
                .isEqualTo(Ending.UNKNOWN);
        return out.toString().lines().toList();
    }

    private static JudgedRun engineWentAway() {
        RunHead head = new RunHead("test", "a test", "测试", Instant.EPOCH, 30, "", "", "", Map.of());
        RunRecord record = new RunRecord(
                head,
                List.of(),
                List.of(),
                List.of(),
                Map.of(DeliveryState.FAILED, 11L, DeliveryState.SENT, 3_189L, DeliveryState.WAITING, 0L),
                List.of(),
                Optional.of(new EngineAway(12, 0, 3, 9)));
        return new JudgedRun(new Verdict(List.of()), List.of(), record);
    }
}
