package dev.sluice.loadtest.load.sampling;

import dev.sluice.loadtest.load.stage.NodeProcess;
import java.net.http.HttpClient;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Heap in use by the nodes, as their metrics say. A node that does not answer keeps its last figure. Thread-safe. */
final class NodeHeaps {
    private static final String HEAP = "jvm_memory_used_bytes{area=\"heap\"";

    private final List<NodeProcess> nodes;
    private final HttpClient http;
    private final Map<NodeProcess, Long> bytes = new ConcurrentHashMap<>();

    /**
     * @param http lent
     */
    NodeHeaps(List<NodeProcess> nodes, HttpClient http) {
        this.nodes = nodes;
        this.http = http;
    }

    /** Asks all nodes; the answers count from the next look on. */
    void ask() {
        for (NodeProcess node : nodes) {
            http.sendAsync(node.metrics("/metrics"), BodyHandlers.ofString())
                    .thenAccept(answer -> bytes.put(node, heap(answer.body())));
        }
    }

    long total() {
        return bytes.values().stream().mapToLong(Long::longValue).sum();
    }

    private static long heap(String metrics) {
        return (long) metrics.lines()
                .filter(line -> line.startsWith(HEAP))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }
}
