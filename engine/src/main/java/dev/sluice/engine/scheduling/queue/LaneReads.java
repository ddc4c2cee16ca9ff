package dev.sluice.engine.scheduling.queue;

import dev.sluice.engine.model.SubmissionState;
import dev.sluice.engine.store.GroupWriter;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads for many lanes together: ten thousand lanes that wake at once ask Postgres some hundred questions, not ten thousand. A lane has one look and one page at a
 * time, so what waits here is bounded by the lanes. Confined to one event loop.
 */
public final class LaneReads {
    private static final Logger log = LoggerFactory.getLogger(LaneReads.class);
    /** Lanes in one question: half asks Postgres twice as often, double lets the first of them wait for twice as many, and holds as many contents in memory. */
    private static final int MOST_TOGETHER = 32;

    /** Deliveries in one question. Half asks twice as often where many lanes have whole pages to read, double keeps the event loop as long again with an answer. */
    private static final int MOST_ROWS = 20_000;
    /** Questions of a kind at once; there are four kinds, and as many connections in the pool of the lanes as two kinds need. */
    private static final int AT_ONCE = 2;

    private final GroupWriter<LaneStore.Look, LaneStore.Open> looks;
    private final GroupWriter<LaneStore.NewLook, List<SubmissionWork.Spec>> newLooks;
    private final GroupWriter<List<SubmissionWork>, Map<Long, SubmissionState>> checks;
    private final GroupWriter<LaneStore.Pages, Map<Long, List<LaneQueue.Row>>> pages;

    /**
     * @param vertx whose present context is the event loop
     * @param store what is asked
     */
    public LaneReads(Vertx vertx, LaneStore store) {
        this.looks = together(vertx, "open submissions", store::open);
        this.newLooks = together(vertx, "new submissions", store::newlyOpen);
        this.checks = together(
                vertx,
                "states of submissions",
                asked -> store.changed(asked.stream().flatMap(List::stream).toList())
                        .map(states -> Collections.nCopies(asked.size(), states)));
        this.pages = together(
                vertx,
                "waiting deliveries",
                LaneStore.Pages::mostRows,
                asked -> store.waiting(asked)
                        .map(rows ->
                                asked.stream().map(one -> ofThese(rows, one)).toList()));
    }

    /** The lanes ask again by themselves; that they have to is said once for all of a question. */
    private static <T, R> GroupWriter<T, R> together(
            Vertx vertx, String what, Function<List<T>, Future<List<R>>> read) {
        return together(vertx, what, few -> 0, read);
    }

    private static <T, R> GroupWriter<T, R> together(
            Vertx vertx, String what, ToIntFunction<T> rows, Function<List<T>, Future<List<R>>> read) {
        return new GroupWriter<>(
                vertx,
                MOST_TOGETHER,
                AT_ONCE,
                rows,
                MOST_ROWS,
                asked -> read.apply(asked)
                        .onFailure(trouble -> log.warn(
                                "The {} of {} lanes could not be read: {}", what, asked.size(), trouble.getMessage())));
    }

    /** The most urgent open submissions of a channel that are not among the known ones, and when the next one may go. */
    public Future<LaneStore.Open> open(long channelId, Collection<Long> known, int most) {
        return looks.add(new LaneStore.Look(channelId, List.copyOf(known), most));
    }

    /** Those of them that came since, so many of each class and kind of deadline: up to six times as many. */
    public Future<List<SubmissionWork.Spec>> newlyOpen(long channelId, Collection<Long> known, int most, long sinceId) {
        return newLooks.add(new LaneStore.NewLook(new LaneStore.Look(channelId, List.copyOf(known), most), sinceId));
    }

    /** The states of those of the submissions that are no longer simply running, perhaps with some of other lanes. */
    public Future<Map<Long, SubmissionState>> changed(List<SubmissionWork> works) {
        return checks.add(works);
    }

    /** The next waiting deliveries of each of the submissions, at most so many each, of the {@link LaneStore#MOST_LOOKED_AT} behind its cursor. */
    public Future<Map<Long, List<LaneQueue.Row>>> waiting(List<SubmissionWork> works, int rowsOfEach) {
        return pages.add(new LaneStore.Pages(works, rowsOfEach));
    }

    /** Reads that wait for their turn. */
    public int waiting() {
        return looks.waiting() + newLooks.waiting() + checks.waiting() + pages.waiting();
    }

    private static Map<Long, List<LaneQueue.Row>> ofThese(Map<Long, List<LaneQueue.Row>> rows, LaneStore.Pages asked) {
        Map<Long, List<LaneQueue.Row>> own = new HashMap<>();
        for (SubmissionWork work : asked.works()) {
            own.put(work.id(), rows.getOrDefault(work.id(), List.of()));
        }
        return own;
    }
}
