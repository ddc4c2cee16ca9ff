package dev.sluice.engine.node;

import dev.sluice.engine.metrics.MetricsVerticle;
import java.util.ArrayList;
import java.util.List;

/** What a node is made of, in the order of start. The ports that bring work are last, so that everything behind them is there. */
public final class StandardParts {
    private StandardParts() {}

    /** The parts of the configured roles. */
    public static List<EnginePart> of(NodeParts node) {
        List<EnginePart> parts = new ArrayList<>();
        parts.add(metrics(node));
        parts.addAll(new Messaging(node).parts());
        return parts;
    }

    private static EnginePart metrics(NodeParts node) {
        EnginePart port = EnginePart.verticle(
                "metrics and health port",
                node.vertx(),
                () -> new MetricsVerticle(
                        node.meters(), node.readiness()::trouble, node.config().metrics()),
                1);
        return ListenAddress.metrics(node.config()).openedBy(port);
    }
}
