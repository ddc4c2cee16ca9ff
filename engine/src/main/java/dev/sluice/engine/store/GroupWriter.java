package dev.sluice.engine.store;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Writes what arrives together, together: while a write is under way, items gather; when it ends, they go in one. No timer lingers, so an idle writer adds no
 * latency and a busy one fills its groups by itself. Confined to one event loop. Its bound is its callers' (in-flight calls), so it never refuses.
 *
 * @param <T> what is written
 * @param <R> what each item gets back
 */
public final class GroupWriter<T, R> {
    private record Waiting<T, R>(T item, Promise<R> done) {}

    private final int mostItems;
    private final int mostWrites;
    private final Function<List<T>, Future<List<R>>> write;
    private final ArrayDeque<Waiting<T, R>> waiting = new ArrayDeque<>();
    private int writes;

    /**
     * @param mostItems most items of one write
     * @param mostWrites most writes under way at once
     * @param write writes a group and gives one result for each item, in order; when it fails, every item of the group fails
     */
    public GroupWriter(int mostItems, int mostWrites, Function<List<T>, Future<List<R>>> write) {
        this.mostItems = mostItems;
        this.mostWrites = mostWrites;
        this.write = write;
    }

    /** Writes an item with the next group. */
    public Future<R> add(T item) {
        Promise<R> done = Promise.promise();
        waiting.add(new Waiting<>(item, done));
        flush();
        return done.future();
    }

    /** Items that wait for a write to end. */
    public int waiting() {
        return waiting.size();
    }

    private void flush() {
        while (writes < mostWrites && !waiting.isEmpty()) {
            writes++;
            List<Waiting<T, R>> group = new ArrayList<>(Math.min(waiting.size(), mostItems));
            while (group.size() < mostItems && !waiting.isEmpty()) {
                group.add(waiting.poll());
            }
            List<T> items = new ArrayList<>(group.size());
            group.forEach(one -> items.add(one.item()));
            write.apply(items).onComplete(ended -> {
                writes--;
                for (int i = 0; i < group.size(); i++) {
                    if (ended.succeeded()) {
                        group.get(i).done().complete(ended.result().get(i));
                    } else {
                        group.get(i).done().fail(ended.cause());
                    }
                }
                flush();
            });
        }
    }
}
