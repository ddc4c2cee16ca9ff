package dev.sluice.loadtest.bench.stage;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which of this process' threads are not the engine's. The engine starts last, so whatever Vert.x threads there are before are the others'.
 *
 * @param simulator ids of the simulator's threads
 * @param client ids of the threads of clients and bare pieces, the main thread included
 */
public record BenchThreads(Set<Long> simulator, Set<Long> client) {
    public BenchThreads {
        simulator = Set.copyOf(simulator);
        client = Set.copyOf(client);
    }

    private static final class Nothing extends VerticleBase {}

    /**
     * Sorts the threads there are.
     *
     * @param before ids of the threads before the simulator started
     * @param client whose event loops are made now, so that they are known
     */
    static BenchThreads sort(Set<Long> before, Vertx client) {
        Set<Long> simulator = new HashSet<>(now());
        simulator.removeAll(before);
        Set<Long> early = now();
        BenchNode.await(client.deployVerticle(
                Nothing::new, new DeploymentOptions().setInstances(VertxOptions.DEFAULT_EVENT_LOOP_POOL_SIZE)));
        Set<Long> clients = new HashSet<>(now());
        clients.removeAll(early);
        clients.add(Thread.currentThread().threadId());
        return new BenchThreads(simulator, clients);
    }

    /** All threads now. */
    static Set<Long> now() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("vert.x-"))
                .map(Thread::threadId)
                .collect(Collectors.toSet());
    }
}
