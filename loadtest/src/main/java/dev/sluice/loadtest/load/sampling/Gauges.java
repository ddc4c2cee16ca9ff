package dev.sluice.loadtest.load.sampling;

import dev.sluice.loadtest.verdict.DuringRun.Filled;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a node writes for Prometheus of itself and of its memory.
 *
 * @param values by name, with labels where there are some
 */
record Gauges(Map<String, Double> values) {
    /** The heap among what fills up. */
    static final String HEAP = "heap";

    private static final String OURS = "sluice_";
    private static final String MEMORY = "jvm_memory_";
    private static final String BOUND = "_bound";

    static Gauges of(String text) {
        return new Gauges(text.lines()
                .filter(line -> line.startsWith(OURS) || line.startsWith(MEMORY))
                .collect(Collectors.toMap(
                        line -> line.substring(0, line.lastIndexOf(' ')),
                        line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))));
    }

    /** Everything that has a gauge of its bound beside its own. */
    List<Filled> filled() {
        return values.keySet().stream()
                .filter(name -> metric(name).startsWith(OURS) && metric(name).endsWith(BOUND))
                .map(this::filled)
                .toList();
    }

    private Filled filled(String boundName) {
        String metric = metric(boundName);
        String sizeName = metric.substring(0, metric.length() - BOUND.length());
        return new Filled(
                sizeName.substring(OURS.length()),
                values.get(sizeName + boundName.substring(metric.length())).longValue(),
                values.get(boundName).longValue());
    }

    private static String metric(String name) {
        return name.contains("{") ? name.substring(0, name.indexOf('{')) : name;
    }

    /** Used, and the most: some parts of a heap have no bound of their own. */
    Filled heap() {
        return new Filled(
                HEAP, sum(MEMORY + "used_bytes{area=\"heap\""), Math.max(1, sum(MEMORY + "max_bytes{area=\"heap\"")));
    }

    private long sum(String prefix) {
        return values.entrySet().stream()
                .filter(value -> value.getKey().startsWith(prefix))
                .mapToLong(value -> Math.max(0, value.getValue().longValue()))
                .sum();
    }
}
