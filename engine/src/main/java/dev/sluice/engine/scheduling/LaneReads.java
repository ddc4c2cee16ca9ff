package dev.sluice.engine.scheduling;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.function.Supplier;

/**
 * Lets only so many lanes read from Postgres at a time, first come, first served: ten thousand lanes that wake together wait for each other here, not for connections.
 * A lane has one look and one page at a time, so the queue is bounded by the lanes. Confined to one event loop.
 */
final class LaneReads {
    private final int places;
    private final ArrayDeque<Runnable> waiting = new ArrayDeque<>();
    private int taken;
    private boolean serving;

    /** So many reads at a time. */
    LaneReads(int places) {
        this.places = places;
    }

    /** Reads when it is its turn. */
    <T> Future<T> run(Supplier<Future<T>> read) {
        Promise<T> done = Promise.promise();
        waiting.addLast(() -> read.get().onComplete(done));
        serve();
        return done.future().onComplete(ended -> {
            taken--;
            serve();
        });
    }

    /** Reads that wait for their turn. */
    int waiting() {
        return waiting.size();
    }

    /** A read that ends at once comes back here while its turn is served: the loop goes on with the next one, however many there are. */
    private void serve() {
        if (serving) {
            return;
        }
        serving = true;
        try {
            while (taken < places && !waiting.isEmpty()) {
                taken++;
                waiting.removeFirst().run();
            }
        } finally {
            serving = false;
        }
    }
}
