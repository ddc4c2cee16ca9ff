package dev.sluice.loadtest.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.loadtest.chart.Label;
import dev.sluice.loadtest.chart.Point;
import dev.sluice.loadtest.chart.Series;
import dev.sluice.loadtest.report.data.Sample;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WaitingLayersTest {
    @Test
    void layersAreTheGatesThatHeldMostAndTheRestTogether() {
        List<Sample> samples = List.of(
                RecordedRuns.waiting(1, Map.of("a", 1L, "b", 2L, "c", 3L, "d", 4L, "e", 5L)),
                RecordedRuns.waiting(2, Map.of("f", 6L, "g", 7L, "h", 8L, "i", 9L, "j", 0L)));
        List<Series> layers = WaitingLayers.of(samples);
        assertThat(layers)
                .extracting(layer -> layer.name().english())
                .containsExactly("i", "h", "g", "f", "e", "d", "c", "other limits");
        assertThat(layers.getLast().points()).containsExactly(new Point(1, 3), new Point(2, 0));
    }

    @Test
    void gatesAreCalledWhatPeopleCallThem() {
        assertThat(GateWords.of("qps:asyncsend_v2 20 per 1 s"))
                .isEqualTo(new Label("calls a second (20 / 1 s)", "每秒调用数（20 / 1 s）"));
        assertThat(GateWords.of("webhook-messages-per-minute 20 per 60 s").english())
                .isEqualTo("messages of a group robot (20 / 60 s)");
        assertThat(GateWords.of("month budget").chinese()).isEqualTo("月度额度");
        assertThat(GateWords.of("something new")).isEqualTo(Label.same("something new"));
    }
}
