package dev.sluice.engine.quota;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.BiFunction;

/**
 * Hands over together what is asked under one key in one turn of an event loop: no timer lingers, so a single question waits for nothing, and a busy loop fills its
 * groups by itself. Its bound is its callers' (calls in flight). Thread-safe; futures complete on the caller's context.
 *
 * @param <K> what belongs together
 * @param <T> what is asked
 * @param <R> the answer to each
 */
final class TurnGroups<K, T, R> {
    private record Place<K>(Context context, K key) {}

    private record Waiting<T, R>(T item, Promise<R> done) {}

    private final Vertx vertx;
    private final int mostItems;
    private final BiFunction<K, List<T>, Future<List<R>>> ask;
    private final ConcurrentMap<Place<K>, List<Waiting<T, R>>> groups = new ConcurrentHashMap<>();

    /**
     * @param vertx whose contexts have the turns
     * @param mostItems most items that are handed over at once
     * @param ask gives one answer for each item, in order; when it fails, every item of the group fails
     */
    TurnGroups(Vertx vertx, int mostItems, BiFunction<K, List<T>, Future<List<R>>> ask) {
        this.vertx = vertx;
        this.mostItems = mostItems;
        this.ask = ask;
    }

    /** Asks with what else is asked in this turn. */
    Future<R> add(K key, T item) {
        Place<K> place = new Place<>(vertx.getOrCreateContext(), key);
        // Of the context: what goes wrong where one answer is heard is reported there, and keeps no other from his.
        Promise<R> done = ((ContextInternal) place.context()).promise();
        groups.compute(place, (here, group) -> {
            List<Waiting<T, R>> gathered = group;
            if (gathered == null) {
                gathered = new ArrayList<>();
                place.context().runOnContext(endOfTurn -> handOver(place));
            }
            gathered.add(new Waiting<>(item, done));
            return gathered;
        });
        return done.future();
    }

    private void handOver(Place<K> place) {
        List<Waiting<T, R>> gathered = groups.remove(place);
        for (int from = 0; from < gathered.size(); from += mostItems) {
            List<Waiting<T, R>> group = gathered.subList(from, Math.min(from + mostItems, gathered.size()));
            ask.apply(place.key(), group.stream().map(Waiting::item).toList()).onComplete(answered -> {
                for (int i = 0; i < group.size(); i++) {
                    if (answered.succeeded()) {
                        group.get(i).done().complete(answered.result().get(i));
                    } else {
                        group.get(i).done().fail(answered.cause());
                    }
                }
            });
        }
    }
}
