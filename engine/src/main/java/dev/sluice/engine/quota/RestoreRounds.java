package dev.sluice.engine.quota;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Gathers what is to be rebuilt into rounds. A rebuild is mostly waiting, so what is wanted in one turn of an event loop waits together; while all rounds are under
 * way, more gathers for the next. Each key is rebuilt by one round at a time.
 *
 * <p>Bound: {@value #MOST_WANTED} keys wait for a round. What is wanted beyond that is forgotten, stays shut, and is wanted again when somebody asks. Thread-safe.
 *
 * @param <K> names what is rebuilt
 */
final class RestoreRounds<K> {
    /** Half lets a gate wait longer for its round, double makes rounds smaller, each of which asks Postgres. */
    static final int MOST_ROUNDS = 8;

    /** Half needs more rounds for the same gates, double lets the first of a round wait for more of them. */
    static final int MOST_IN_ROUND = 256;

    static final int MOST_WANTED = 16_384;

    /** Keys that wait for a round or are in one. */
    static final int MOST = MOST_WANTED + MOST_ROUNDS * MOST_IN_ROUND;

    /** After this long somebody whose key found no place asks again. */
    private static final long FULL_MILLIS = 1_000;

    private final Vertx vertx;
    private final Function<List<K>, Future<Void>> round;
    private final Map<K, Promise<Void>> wanted = new LinkedHashMap<>();
    private final Map<K, Promise<Void>> inRound = new HashMap<>();
    private int rounds;
    private boolean startPlanned;

    /**
     * @param vertx on whose contexts rounds start
     * @param round rebuilds these; fails when they stay as they were
     */
    RestoreRounds(Vertx vertx, Function<List<K>, Future<Void>> round) {
        this.vertx = vertx;
        this.round = round;
    }

    /**
     * Has a key rebuilt, unless that is going on or too many wait.
     *
     * @return completes on the caller's context when the round is over, whether or not it rebuilt the key; after a while when too many wait
     */
    Future<Void> want(K key) {
        Promise<Void> over = Promise.promise();
        boolean planStart;
        synchronized (this) {
            Promise<Void> current = inRound.getOrDefault(key, wanted.get(key));
            if (current != null) {
                return hereAfter(current.future());
            }
            if (wanted.size() >= MOST_WANTED) {
                return vertx.timer(FULL_MILLIS, TimeUnit.MILLISECONDS).mapEmpty();
            }
            wanted.put(key, over);
            planStart = !startPlanned;
            startPlanned = true;
        }
        if (planStart) {
            vertx.runOnContext(endOfTurn -> {
                synchronized (this) {
                    startPlanned = false;
                }
                start();
            });
        }
        return hereAfter(over.future());
    }

    private Future<Void> hereAfter(Future<Void> over) {
        Promise<Void> here = Promise.promise();
        Context caller = vertx.getOrCreateContext();
        over.onComplete(done -> caller.runOnContext(turn -> here.complete()));
        return here.future();
    }

    /** Keys that wait for a round or are in one: up to {@value #MOST}. */
    synchronized int size() {
        return wanted.size() + inRound.size();
    }

    private void start() {
        for (List<K> keys = next(); !keys.isEmpty(); keys = next()) {
            List<K> started = keys;
            round.apply(started).onComplete(done -> {
                end(started);
                start();
            });
        }
    }

    private synchronized List<K> next() {
        if (rounds == MOST_ROUNDS || wanted.isEmpty()) {
            return List.of();
        }
        rounds++;
        List<K> keys = new ArrayList<>(Math.min(wanted.size(), MOST_IN_ROUND));
        Iterator<Map.Entry<K, Promise<Void>>> waiting = wanted.entrySet().iterator();
        while (waiting.hasNext() && keys.size() < MOST_IN_ROUND) {
            Map.Entry<K, Promise<Void>> next = waiting.next();
            keys.add(next.getKey());
            inRound.put(next.getKey(), next.getValue());
            waiting.remove();
        }
        return keys;
    }

    private void end(List<K> keys) {
        List<Promise<Void>> over;
        synchronized (this) {
            rounds--;
            over = keys.stream().map(inRound::remove).toList();
        }
        over.forEach(Promise::complete);
    }
}
