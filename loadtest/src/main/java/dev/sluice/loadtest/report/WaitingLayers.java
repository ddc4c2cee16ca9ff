package dev.sluice.loadtest.report;

import dev.sluice.loadtest.chart.Label;
import dev.sluice.loadtest.chart.Point;
import dev.sluice.loadtest.chart.Series;
import dev.sluice.loadtest.report.data.Sample;
import dev.sluice.loadtest.report.data.StageSample;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;

/** Who waits, by what holds them: the gates that ever held most become layers, the rest one layer together. Pure. */
final class WaitingLayers {
    /** As many as there are colours, with one left for the rest. */
    static final int MOST_GATES = 7;

    private static final Label REST = new Label("other limits", "其他限额");

    private WaitingLayers() {}

    static List<Series> of(List<Sample> samples) {
        Map<String, Long> peaks = new HashMap<>();
        samples.forEach(sample -> byGate(sample).forEach((gate, people) -> peaks.merge(gate, people, Math::max)));
        List<String> gates = peaks.entrySet().stream()
                .filter(peak -> peak.getValue() > 0)
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .map(Map.Entry::getKey)
                .toList();
        List<Series> layers = new ArrayList<>();
        gates.stream()
                .limit(MOST_GATES)
                .forEach(gate -> layers.add(layer(GateWords.of(gate), samples, sample -> held(sample, gate))));
        if (gates.size() > MOST_GATES) {
            List<String> rest = gates.subList(MOST_GATES, gates.size());
            layers.add(layer(
                    REST,
                    samples,
                    sample ->
                            rest.stream().mapToLong(gate -> held(sample, gate)).sum()));
        }
        return layers;
    }

    private static Series layer(Label name, List<Sample> samples, ToLongFunction<Sample> people) {
        return new Series(
                name,
                samples.stream()
                        .map(sample -> new Point(sample.second(), people.applyAsLong(sample)))
                        .toList());
    }

    private static long held(Sample sample, String gate) {
        return byGate(sample).getOrDefault(gate, 0L);
    }

    private static Map<String, Long> byGate(Sample sample) {
        return sample.stage().map(StageSample::waitingByGate).orElse(Map.of());
    }
}
