package dev.sluice.engine.scheduling;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.function.Supplier;

/**
 * Lets only so many lanes look into Postgres at a time, first come, first served: ten thousand lanes that wake together wait for each other here, not for connections.
 * A lane has one look at a time, so the queue is bounded by the lanes. Confined to one event loop.
 */
final class LookTurns {
    private final int places;
    private final ArrayDeque<Runnable> waiting = new ArrayDeque<>();
    private int taken;

    /** @param places looks at a time */
    LookTurns(int places) {
        this.places = places;
    }

    /** Looks when it is its turn. */
    Future<Void> run(Supplier<Future<Void>> look) {
        Promise<Void> done = Promise.promise();
        waiting.addLast(() -> look.get().onComplete(done));
        serve();
        return done.future().onComplete(ended -> {
            taken--;
            serve();
        });
    }

    /** Lanes that wait for their turn. */
    int waiting() {
        return waiting.size();
    }

    private void serve() {
        while (taken < places && !waiting.isEmpty()) {
            taken++;
            waiting.removeFirst().run();
        }
    }
}
