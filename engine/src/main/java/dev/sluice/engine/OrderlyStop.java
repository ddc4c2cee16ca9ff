package dev.sluice.engine;

import dev.sluice.engine.node.Engine;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stops a node in order when its process is asked to end, at any time: one that still starts gives up and ends what it has started. Its embedded stores are
 * processes of their own, and would go on without it. A start that cannot give up, such as one that waits for a statement of a migration, ends with the process.
 */
final class OrderlyStop {
    private static final Logger log = LoggerFactory.getLogger(OrderlyStop.class);
    private static final int NOT_IN_ORDER = 1;

    private final long stopMillis;
    private final Thread starter = Thread.currentThread();
    /** Null when there is nothing to stop, since a node that does not start ends its parts itself. */
    private final CompletableFuture<Engine> started = new CompletableFuture<>();

    /** @param stopMillis how long a start may take to give up */
    OrderlyStop(long stopMillis) {
        this.stopMillis = stopMillis;
    }

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
        if (!hasEnded()) {
            endAnyway();
        }
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

    private boolean hasEnded() {
        return started.thenApply(ended -> true)
                .completeOnTimeout(false, stopMillis, TimeUnit.MILLISECONDS)
                .join();
    }

    /** The embedded stores are told too; they end in order by themselves. */
    private void endAnyway() {
        log.error(
                "Sluice ends while it starts, and does not wait: the start was not given up within {} ms", stopMillis);
        ProcessHandle.current().children().forEach(ProcessHandle::destroy);
        Runtime.getRuntime().halt(NOT_IN_ORDER);
    }
}
