package dev.sluice.loadtest.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.loadtest.report.data.RunHead;
import dev.sluice.loadtest.report.data.SearchRecord;
import dev.sluice.loadtest.report.data.SearchStep;
import dev.sluice.loadtest.scenario.SearchSpec;
import io.vertx.core.json.JsonObject;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class SearchJsonTest {
    private final JsonObject json =
            new JsonObject(SearchJson.of(RecordedSearches.found()).encode());

    @Test
    void itSaysWhichSchemaItHas() {
        assertThat(json.getString("schema")).isEqualTo("sluice-load-search/1");
    }

    @Test
    void everythingThatWasRecordedIsInIt() {
        List<String> whole = names(SearchRecord.class);
        assertThat(json.fieldNames()).containsAll(names(RunHead.class)).containsAll(whole.subList(1, whole.size()));
        assertThat(json.getJsonObject("search").fieldNames()).containsExactlyElementsOf(names(SearchSpec.class));
        assertThat(json.getJsonArray("steps")).hasSize(6);
        assertThat(json.getJsonArray("steps").getJsonObject(0).fieldNames())
                .containsExactlyElementsOf(names(SearchStep.class));
        assertThat(json.getDouble("highestPerSecond")).isEqualTo(200);
    }

    @Test
    void aLatencyOfNothingIsNull() {
        JsonObject step =
                SearchJson.of(RecordedSearches.nothing()).getJsonArray("steps").getJsonObject(0);
        assertThat(step.getValue("p99Millis")).isNull();
    }

    private static List<String> names(Class<? extends Record> type) {
        return Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getName)
                .toList();
    }
}
