package dev.sluice.engine;

import dev.sluice.engine.node.Engine;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * Stops a node in order when its process is asked to end, at any time: one that still starts gives up and ends what it has started. Its embedded stores are
 * processes of their own, and would go on without it.
 */
final class OrderlyStop {
    private final Thread starter = Thread.currentThread();
    /** Null when there is nothing to stop, since a node that does not start ends its parts itself. */
    private final CompletableFuture<Engine> started = new CompletableFuture<>();

    /** Starts the node on this thread. */
    Engine start(Supplier<Engine> node) {
        Runtime.getRuntime().addShutdownHook(new Thread(this::stop, "sluice-stop"));
        Engine engine = null;
        try {
            engine = node.get();
            return engine;
        } finally {
            ended(engine);
        }
    }

    private synchronized void ended(Engine engine) {
        started.complete(engine);
    }

    private void stop() {
        interruptStart();
        Engine engine = started.join();
        if (engine != null) {
            engine.close();
        }
    }

    /** Never later than the start: the thread may do something else then. */
    private synchronized void interruptStart() {
        if (!started.isDone()) {
            starter.interrupt();
        }
    }
}
