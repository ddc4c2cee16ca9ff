package dev.sluice.engine.store;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/**
 * Writes what arrives together, together: what comes in one turn of the event loop goes in one write; while a write is under way, items gather, and a second one
 * starts beside it once there are enough for it. A busy writer rests a moment after each write, so that its groups fill; an idle one does not, so it adds no latency.
 * Confined to one event loop. Its bound is its callers' (in-flight calls), so it never refuses.
 *
 * @param <T> what is written
 * @param <R> what each item gets back
 */
public final class GroupWriter<T, R> {
    /**
     * A statement costs Postgres as much as some tens of its rows: a row of a call costs it 110 µs in groups of 16, 56 µs in groups of 64 and 43 µs in groups of 256. Half
     * writes twice as often, double lets the first of a group wait longer.
     */
    private static final int WORTH_A_WRITE = 128;
    /** A writer whose last group had so many is busy: half rests where a few calls came together by chance, double lets a busy writer write small groups. */
    private static final int BUSY = 8;
    /** A tenth of what a slot is granted ahead of its time is spent on it; double would take a fifth. */
    private static final long REST_MILLIS = 4;

    private record Waiting<T, R>(T item, Promise<R> done) {}

    private final Vertx vertx;
    private final int mostItems;
    private final int mostWrites;
    private final ToIntFunction<T> weight;
    private final int mostWeight;
    private final Function<List<T>, Future<List<R>>> write;
    private final ArrayDeque<Waiting<T, R>> waiting = new ArrayDeque<>();
    private int writes;
    private boolean resting;
    private boolean flushPlanned;

    /**
     * @param vertx whose present context is the event loop
     * @param mostItems most items of one write
     * @param mostWrites most writes under way at once
     * @param write writes a group and gives one result for each item, in order; when it fails, every item of the group fails
     */
    public GroupWriter(Vertx vertx, int mostItems, int mostWrites, Function<List<T>, Future<List<R>>> write) {
        this(vertx, mostItems, mostWrites, item -> 0, 0, write);
    }

    /**
     * The same for items that may be large.
     *
     * @param weight how large an item is, in rows
     * @param mostWeight most rows of one write; an item of more goes alone
     */
    public GroupWriter(
            Vertx vertx,
            int mostItems,
            int mostWrites,
            ToIntFunction<T> weight,
            int mostWeight,
            Function<List<T>, Future<List<R>>> write) {
        this.vertx = vertx;
        this.mostItems = mostItems;
        this.mostWrites = mostWrites;
        this.weight = weight;
        this.mostWeight = mostWeight;
        this.write = write;
    }

    /** Writes an item with the next group. */
    public Future<R> add(T item) {
        // Of the context: what goes wrong where one answer is heard is reported there, and keeps no other from his.
        Promise<R> done = ((ContextInternal) vertx.getOrCreateContext()).promise();
        waiting.add(new Waiting<>(item, done));
        if (!flushPlanned) {
            flushPlanned = true;
            vertx.runOnContext(endOfTurn -> {
                flushPlanned = false;
                flush();
            });
        }
        return done.future();
    }

    /** The same, again and again until it is written: for what changes nothing when it is written twice. A failure is the writer's to log. */
    public Future<R> addUntilWritten(T item, long retryMillis) {
        Promise<R> done = Promise.promise();
        attempt(item, retryMillis, done);
        return done.future();
    }

    private void attempt(T item, long retryMillis, Promise<R> done) {
        add(item).onComplete(written -> {
            if (written.succeeded()) {
                done.complete(written.result());
            } else {
                vertx.setTimer(retryMillis, rested -> attempt(item, retryMillis, done));
            }
        });
    }

    /** Items that wait for a write to end. */
    public int waiting() {
        return waiting.size();
    }

    private boolean mayWrite() {
        return waiting.size() >= WORTH_A_WRITE ? writes < mostWrites : writes == 0 && !resting;
    }

    private void flush() {
        while (!waiting.isEmpty() && mayWrite()) {
            writes++;
            List<Waiting<T, R>> group = nextGroup();
            List<T> items = new ArrayList<>(group.size());
            group.forEach(one -> items.add(one.item()));
            write.apply(items).onComplete(ended -> {
                writes--;
                if (group.size() >= BUSY) {
                    rest();
                }
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

    private List<Waiting<T, R>> nextGroup() {
        List<Waiting<T, R>> group = new ArrayList<>(Math.min(waiting.size(), mostItems));
        long rows = 0;
        while (group.size() < mostItems && !waiting.isEmpty()) {
            rows += weight.applyAsInt(waiting.peek().item());
            if (rows > mostWeight && !group.isEmpty()) {
                break;
            }
            group.add(waiting.poll());
        }
        return group;
    }

    private void rest() {
        if (!resting) {
            resting = true;
            vertx.setTimer(REST_MILLIS, rested -> {
                resting = false;
                flush();
            });
        }
    }
}
