package dev.sluice.loadtest.verdict;

import dev.sluice.loadtest.chart.Label;
import java.util.Map;

/** What the engine's queues are called among people. One without words here keeps its own name. */
final class QueueWords {
    private static final Map<String, Label> WORDS = Map.of(
            "calls_in_flight", new Label("calls in flight", "在途调用"),
            "ingestion_rows_queued", new Label("people to be stored", "待入库人员"),
            "ingestion_uploads", new Label("people files", "名单上传"),
            "gates_rebuilding", new Label("limits to be rebuilt", "待重建限额"));

    private QueueWords() {}

    static Label of(String name) {
        return WORDS.getOrDefault(name, Label.same(name));
    }
}
