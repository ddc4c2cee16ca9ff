package dev.sluice.engine.scheduling;

import dev.sluice.engine.model.DeliveryKey;
import dev.sluice.engine.model.DeliveryState;
import dev.sluice.engine.model.Disposition;
import dev.sluice.engine.model.SubmissionState;
import dev.sluice.engine.scheduling.queue.LaneQueue;
import dev.sluice.engine.scheduling.queue.LaneStore;
import dev.sluice.engine.scheduling.queue.LookRange;
import dev.sluice.engine.scheduling.queue.SubmissionWork;
import dev.sluice.engine.settling.DeliveryChange;
import dev.sluice.engine.store.Steps;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a lane's window filled from Postgres, and settles what must not go any more (cancelled, expired, refused content), in bounded pages. One look and one
 * read at a time; a wish that comes meanwhile is remembered. Confined to the lane's event loop.
 */
final class LaneFeeder {
    private static final Logger log = LoggerFactory.getLogger(LaneFeeder.class);
    /** Deliveries settled at once when a submission is ended. */
    private static final int RETIRE_PAGE = 1_000;
    /** Known submissions are checked for pauses and cancellations at most this often, and a millisecond later for each of them: a thousand are work for Postgres. */
    private static final long CHECK_MILLIS = 200;
    /** Half asks a Postgres that is away twice as often, double leaves pauses and new work unseen for so much longer once it is back. */
    private static final long AGAIN_MILLIS = 1_000;
    /** What is for later than that is seen by a look before: a lane looks by itself every ten seconds, with thousands of apps every hundred. */
    private static final long SOON_DUE_MILLIS = 300_000;

    private final LanePorts ports;
    private final Lane lane;
    private final Set<Long> retiring = new HashSet<>();
    private final LookRange range = new LookRange();
    /** What a look left out is made up for, so that no pause, cancellation or older submission waits for the next round. */
    private final Later soon;
    /** A look that failed is made up for by one at all. */
    private final Later again;

    private boolean looking;
    /** What is to be looked at after the look that goes on; null for nothing. */
    private Scope next;

    private boolean moreOutside;
    private boolean reading;
    /** Ends when the next message that is for later may go. */
    private long dueTimer = -1;
    /** When the next check, and the next look past a full window, may come; of the monotonic clock. */
    private long nextCheckMillis = Long.MIN_VALUE;

    private long nextLookPastMillis = Long.MIN_VALUE;

    /** Which open submissions are looked at. */
    private enum Scope {
        NEW,
        ALL
    }

    LaneFeeder(LanePorts ports, Lane lane) {
        this.ports = ports;
        this.lane = lane;
        this.soon = new Later(ports.vertx(), CHECK_MILLIS, this::lookUnlessClosed);
        this.again = new Later(ports.vertx(), AGAIN_MILLIS, this::lookUnlessClosed);
    }

    private void lookUnlessClosed() {
        if (!lane.closed()) {
            look();
        }
    }

    /** Something may have changed: fills the window and notices pauses and cancellations. */
    void look() {
        look(Scope.ALL);
    }

    /** Somebody says that something changed: mostly, a new submission came. */
    void lookForNew() {
        look(Scope.NEW);
    }

    private void look(Scope scope) {
        if (looking) {
            next = next == Scope.ALL ? next : scope;
            return;
        }
        looking = true;
        next = null;
        check().compose(checked -> fill(scope)).onComplete(done -> {
            looking = false;
            lane.pump();
            if (done.failed()) {
                again.wish();
            } else if (next != null && !lane.closed()) {
                look(next);
            }
        });
    }

    /** Reads pages that are wanted, and looks for more submissions when the window has emptied. */
    void feed() {
        if (moreOutside && lane.queue.room() >= LaneQueue.MOST_SUBMISSIONS / 2) {
            moreOutside = false;
            look();
        }
        if (reading || lane.closed()) {
            return;
        }
        List<SubmissionWork> wanting = lane.queue.startLoading();
        if (wanting.isEmpty()) {
            return;
        }
        reading = true;
        lane.travelling.readBegins();
        int pageRows = lane.queue.pageRows();
        ports.reads().waiting(wanting, pageRows).onComplete(read -> {
            for (SubmissionWork work : wanting) {
                if (read.succeeded()) {
                    List<LaneQueue.Row> rows = read.result().getOrDefault(work.id(), List.of());
                    List<LaneQueue.Row> free = notTravelling(work, rows);
                    lane.queue.loaded(
                            work,
                            free,
                            rows.size() - free.size(),
                            LaneStore.end(work, rows, pageRows),
                            ports.clock().millis());
                } else {
                    lane.queue.loadFailed(work);
                }
            }
            lane.travelling.readEnds();
            lane.queue.forgetDone(wanting);
            if (read.succeeded()) {
                readOn();
            } else {
                // Until then whatever happens to the lane would ask at once, and each question that fails would plan
                // one more.
                ports.vertx().setTimer(AGAIN_MILLIS, rested -> readOn());
            }
        });
    }

    private void readOn() {
        reading = false;
        lane.pump();
    }

    private Future<Void> check() {
        List<SubmissionWork> known = List.copyOf(lane.queue.works());
        if (known.isEmpty()) {
            return Future.succeededFuture();
        }
        long nowMillis = ports.clock().monotonicMillis();
        if (nowMillis < nextCheckMillis) {
            soon.wish();
            return Future.succeededFuture();
        }
        nextCheckMillis = nowMillis + CHECK_MILLIS + known.size();
        return ports.reads().changed(known).map(states -> {
            states.forEach(this::stateChanged);
            return null;
        });
    }

    private void stateChanged(long submissionId, SubmissionState state) {
        SubmissionWork work = lane.queue.work(submissionId);
        if (work == null) {
            return;
        }
        switch (state) {
            case CANCELLING -> retire(work, DeliveryState.CANCELLED, Disposition.CANCELLED_BY_TENANT);
            // Running: some of it that was settled waits again, so it is read from there.
            case PAUSED, FINISHED, CANCELLED, DRAFT, RUNNING -> lane.queue.drop(work);
        }
    }

    /** Fills the window; a full one still looks, though less often, for what is more urgent than what it holds. */
    private Future<Void> fill(Scope scope) {
        int room = lane.queue.room();
        if (room == 0 && ports.clock().monotonicMillis() < nextLookPastMillis) {
            moreOutside = true;
            soon.wish();
            return Future.succeededFuture();
        }
        if (room == 0) {
            nextLookPastMillis = ports.clock().monotonicMillis() + CHECK_MILLIS;
        }
        long nowMillis = ports.clock().millis();
        int most = Math.max(room, LaneQueue.MOST_URGENT);
        List<Long> known = new ArrayList<>(retiring);
        lane.queue.works().forEach(work -> known.add(work.id()));
        // Whoever came before and found no room goes first.
        return scope == Scope.ALL || moreOutside
                ? fillWithAll(known, most, nowMillis)
                : fillWithNew(known, most, nowMillis);
    }

    private Future<Void> fillWithAll(List<Long> known, int most, long nowMillis) {
        return ports.reads().open(lane.channel().id(), known, most).map(open -> {
            range.lookedAtAll(nowMillis);
            moreOutside = false;
            offer(open.specs(), most);
            open.nextDueMillis().filter(millis -> millis <= SOON_DUE_MILLIS).ifPresent(this::lookIn);
            return null;
        });
    }

    /** Nobody says that a message's time has come. */
    private void lookIn(long millis) {
        ports.vertx().cancelTimer(dueTimer);
        dueTimer = ports.vertx().setTimer(Math.max(1, millis), due -> lookUnlessClosed());
    }

    private Future<Void> fillWithNew(List<Long> known, int most, long nowMillis) {
        long sinceId = range.sinceId();
        List<Long> knownSince = known.stream().filter(id -> id >= sinceId).toList();
        return ports.reads()
                .newlyOpen(lane.channel().id(), knownSince, most, sinceId)
                .map(specs -> {
                    offer(specs, most);
                    lookAtAllAfter(specs, nowMillis);
                    return null;
                });
    }

    /** Nothing new explains a wake-up: it is about something older. Else it may be about that too. */
    private void lookAtAllAfter(List<SubmissionWork.Spec> found, long nowMillis) {
        if (found.isEmpty() && range.millisSinceAll(nowMillis) >= CHECK_MILLIS) {
            next = Scope.ALL;
        } else {
            soon.wish();
        }
    }

    private void offer(List<SubmissionWork.Spec> specs, int most) {
        for (SubmissionWork.Spec spec : specs) {
            if (spec.cancelling()) {
                retire(new SubmissionWork(spec), DeliveryState.CANCELLED, Disposition.CANCELLED_BY_TENANT);
            } else if (!lane.queue.offer(spec)) {
                moreOutside = true;
            }
        }
        moreOutside |= specs.size() >= most || lane.queue.room() == 0;
    }

    /** Some of these submissions that was settled waits again: what memory knows of them is not all. */
    void reopen(Collection<Long> submissionIds) {
        for (long submissionId : submissionIds) {
            SubmissionWork work = lane.queue.work(submissionId);
            if (work != null) {
                lane.queue.drop(work);
            }
        }
        look();
    }

    /** Ends everything of a submission that still waits and does not travel. */
    void retire(SubmissionWork work, DeliveryState state, Disposition disposition) {
        lane.queue.drop(work);
        if (retiring.add(work.id())) {
            SubmissionWork rest = work.rest();
            retireAll(rest, state, disposition).onComplete(done -> {
                retiring.remove(work.id());
                if (done.failed()) {
                    log.warn(
                            "Ending submission {} stopped: {}",
                            work.id(),
                            done.cause().getMessage());
                }
            });
        }
    }

    private Future<Void> retireAll(SubmissionWork rest, DeliveryState state, Disposition disposition) {
        return Steps.takeAll(() -> retirePage(rest, state, disposition))
                .compose(done -> state == DeliveryState.CANCELLED && !lane.closed()
                        ? ports.store().closeCancelled(rest.spec())
                        : Future.succeededFuture());
    }

    /** Whether another page follows. */
    private Future<Boolean> retirePage(SubmissionWork rest, DeliveryState state, Disposition disposition) {
        return ports.reads().waiting(List.of(rest), RETIRE_PAGE).compose(pages -> {
            List<LaneQueue.Row> rows = pages.getOrDefault(rest.id(), List.of());
            List<DeliveryChange> changes = new ArrayList<>(rows.size());
            for (LaneQueue.Row row : notTravelling(rest, rows)) {
                changes.add(new DeliveryChange(
                        rest.spec().tenantId(),
                        new DeliveryKey(rest.id(), row.ordinal()),
                        DeliveryState.WAITING,
                        state,
                        disposition,
                        0,
                        0,
                        0));
            }
            rest.readBelow(LaneStore.end(rest, rows, RETIRE_PAGE));
            return lane.settle(List.of(), changes, List.of()).map(done -> !rest.fullyRead() && !lane.closed());
        });
    }

    private List<LaneQueue.Row> notTravelling(SubmissionWork work, List<LaneQueue.Row> rows) {
        return rows.stream()
                .filter(row -> !lane.travelling.contains(new DeliveryKey(work.id(), row.ordinal())))
                .toList();
    }
}
