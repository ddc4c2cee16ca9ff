package dev.sluice.loadtest.demo;

import dev.sluice.engine.auth.ApiKey;
import dev.sluice.engine.node.EnginePart;
import dev.sluice.engine.node.NodeParts;
import java.util.List;
import java.util.function.Consumer;

/** What a node with its control plane is made of. */
@FunctionalInterface
public interface NodeComposition {
    /**
     * The parts in order of start.
     *
     * @param firstKey gets the first admin key of the installation, if this start made it
     * @param adminPort gets the port that the control plane listens on
     */
    List<EnginePart> of(NodeParts node, Consumer<ApiKey> firstKey, Consumer<Integer> adminPort);
}
