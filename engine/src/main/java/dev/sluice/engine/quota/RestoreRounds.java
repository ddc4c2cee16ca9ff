package dev.sluice.engine.quota;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
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

    private final Vertx vertx;
    private final Function<List<K>, Future<Void>> round;
    private final Set<K> wanted = new LinkedHashSet<>();
    private final Set<K> inRound = new HashSet<>();
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

    /** Has a key rebuilt, unless that is going on or too many wait. */
    void want(K key) {
        synchronized (this) {
            if (inRound.contains(key) || wanted.size() >= MOST_WANTED || !wanted.add(key) || startPlanned) {
                return;
            }
            startPlanned = true;
        }
        vertx.runOnContext(endOfTurn -> {
            synchronized (this) {
                startPlanned = false;
            }
            start();
        });
    }

    /** Whether a key waits for a round or is in one. */
    synchronized boolean has(K key) {
        return inRound.contains(key) || wanted.contains(key);
    }

    /** Keys that wait for a round or are in one. */
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
        Iterator<K> waiting = wanted.iterator();
        while (waiting.hasNext() && keys.size() < MOST_IN_ROUND) {
            keys.add(waiting.next());
            waiting.remove();
        }
        inRound.addAll(keys);
        return keys;
    }

    private synchronized void end(List<K> keys) {
        rounds--;
        keys.forEach(inRound::remove);
    }
}
