package dev.sluice.loadtest.load.sampling;

import dev.sluice.loadtest.load.stage.NodeProcess;
import dev.sluice.loadtest.verdict.DuringRun.Filled;
import java.net.http.HttpClient;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What fills up in the nodes, as their metrics say. A node that does not answer keeps its last figures. Thread-safe. */
final class NodeGauges {
    private final List<NodeProcess> nodes;
    private final HttpClient http;
    private final Map<NodeProcess, Filled> heaps = new ConcurrentHashMap<>();
    private final Map<String, Filled> fullest = new ConcurrentHashMap<>();

    /**
     * @param http lent
     */
    NodeGauges(List<NodeProcess> nodes, HttpClient http) {
        this.nodes = nodes;
        this.http = http;
    }

    /** Asks all nodes; the answers count from the next look on. */
    void ask() {
        for (NodeProcess node : nodes) {
            http.sendAsync(node.metrics("/metrics"), BodyHandlers.ofString())
                    .thenAccept(answer -> take(node, Gauges.of(answer.body())));
        }
    }

    private void take(NodeProcess node, Gauges gauges) {
        heaps.put(node, gauges.heap());
        note(gauges.heap());
        gauges.filled().forEach(this::note);
    }

    private void note(Filled now) {
        fullest.merge(now.name(), now, Filled::fuller);
    }

    /** Bytes of all heaps in use now. */
    long heapBytes() {
        return heaps.values().stream().mapToLong(Filled::most).sum();
    }

    /** The fullest that each queue of any node was. */
    List<Filled> queues() {
        return fullest.values().stream()
                .filter(one -> !one.name().equals(Gauges.HEAP))
                .toList();
    }

    /** The fullest that the heap of any node was. */
    Filled heap() {
        return fullest.getOrDefault(Gauges.HEAP, Filled.EMPTY);
    }
}
