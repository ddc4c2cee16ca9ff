package dev.sluice.engine.node;

import io.vertx.core.Future;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Parts that run: the newest stops first. Blocks; for the thread that starts and stops the node. */
final class PartStack {
    private static final Logger log = LoggerFactory.getLogger(PartStack.class);
    private static final long START_SECONDS = 60;
    /** A part that is stopped after the others took all the time is told at least. */
    private static final long LEAST_MILLIS = 10;

    private final Deque<EnginePart> running = new ArrayDeque<>();
    private final long stopMillis;
    private final long allMillis;

    /**
     * @param stopMillis how long a part may take to stop
     * @param allMillis how long all of them may: where a store is frozen, each of those that need it would take all of its own time
     */
    PartStack(long stopMillis, long allMillis) {
        this.stopMillis = stopMillis;
        this.allMillis = allMillis;
    }

    /** Starts a part; throws, naming it, when it does not. A failure that says already what to do stays as it is. */
    void start(EnginePart part) {
        try {
            await(part.start(), TimeUnit.SECONDS.toMillis(START_SECONDS));
            running.push(part);
            log.debug("started: {}", part.name());
        } catch (TimeoutException e) {
            throw new StartFailure("the " + part.name() + " did not start within " + START_SECONDS + " s", e);
        } catch (StartFailure e) {
            throw e;
        } catch (Exception e) {
            throw new StartFailure("the " + part.name() + " did not start: " + e.getMessage(), e);
        }
    }

    /** Stops all, each within the limit; one that fails does not keep the others. */
    void stop() {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(allMillis);
        while (!running.isEmpty()) {
            EnginePart part = running.pop();
            long leftMillis = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            long limitMillis = Math.min(stopMillis, Math.max(LEAST_MILLIS, leftMillis));
            try {
                await(part.stop(), limitMillis);
                log.debug("stopped: {}", part.name());
            } catch (TimeoutException e) {
                log.warn("The {} did not stop within {} ms: going on without it", part.name(), limitMillis);
            } catch (Exception e) {
                log.warn("The {} did not stop in order: {}", part.name(), e.getMessage());
            }
        }
    }

    /** Throws whatever the future failed with, be it a checked exception. */
    private static void await(Future<?> future, long millis) throws TimeoutException {
        future.await(millis, TimeUnit.MILLISECONDS);
    }
}
