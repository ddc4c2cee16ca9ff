package dev.sluice.loadtest.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.loadtest.report.data.RunHead;
import dev.sluice.loadtest.report.data.RunRecord;
import dev.sluice.loadtest.report.data.Sample;
import dev.sluice.loadtest.report.data.StageSample;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RunJsonTest {
    private final JsonObject json =
            new JsonObject(RunJson.of(RecordedRuns.of(2)).encode());

    @Test
    void itSaysWhichSchemaItHas() {
        assertThat(json.getString("schema")).isEqualTo("sluice-load-run/1");
    }

    @Test
    void everythingThatWasRecordedIsInIt() {
        assertThat(json.fieldNames()).containsAll(names(RunHead.class)).containsAll(names(RunRecord.class, "head"));
        List<String> sample = new ArrayList<>(names(Sample.class, "stage"));
        sample.addAll(names(StageSample.class));
        assertThat(json.getJsonArray("samples").getJsonObject(0).fieldNames()).containsExactlyElementsOf(sample);
        assertThat(json.getJsonArray("samples")).hasSize(2);
        assertThat(json.getJsonArray("latency").getJsonObject(0).getJsonArray("points"))
                .hasSize(2);
        assertThat(json.getJsonObject("facts")).isEqualTo(new JsonObject().put("Seed", "1"));
    }

    @Test
    void ofAnEngineElsewhereItSaysNothingThatNobodySaw() {
        JsonObject elsewhere = RunJson.of(RecordedRuns.elsewhere(2));
        assertThat(elsewhere.getJsonArray("samples").getJsonObject(0).fieldNames())
                .containsExactlyElementsOf(names(Sample.class, "stage"));
    }

    @Test
    void onlyStatesInWhichSomebodyIsAreInIt() {
        assertThat(json.getJsonObject("states"))
                .isEqualTo(new JsonObject().put("SENT", 4_990).put("FAILED", 10));
    }

    @Test
    void oneBrokenPromiseBreaksTheRun() {
        assertThat(json.getBoolean("kept")).isFalse();
        RunRecord good = RecordedRuns.of("x", 1, List.of(RecordedRuns.kept()), List.of(), Map.of());
        assertThat(RunJson.of(good).getBoolean("kept")).isTrue();
    }

    @Test
    void theVerdictIsInItInBothLanguagesWhicheverTheTerminalSpoke() {
        assertThat(json.getJsonArray("promises").getJsonObject(1))
                .isEqualTo(new JsonObject()
                        .put("name", "p99 of accepting")
                        .put("nameZh", "接受耗时 p99")
                        .put("invariants", new JsonArray().add("I1").add("I2"))
                        .put("found", "300 ms, 5 sent")
                        .put("foundZh", "300 ms，发出 5 条")
                        .put("bound", "≤ 100 ms")
                        .put("boundZh", "≤ 100 ms")
                        .put("ok", false)
                        .put("judged", true));
    }

    @Test
    void aRatioOfNothingIsNull() {
        assertThat(json.getJsonArray("samples").getJsonObject(0).getValue("fillRatio"))
                .isNull();
    }

    private static List<String> names(Class<? extends Record> type, String... without) {
        return Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getName)
                .filter(name -> !List.of(without).contains(name))
                .toList();
    }
}
