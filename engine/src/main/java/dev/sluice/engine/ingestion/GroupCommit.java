package dev.sluice.engine.ingestion;

import dev.sluice.engine.http.ProblemException;
import dev.sluice.engine.http.ProblemType;
import dev.sluice.engine.http.StoreTrouble;
import dev.sluice.engine.ingestion.CommitQueue.Waiting;
import dev.sluice.engine.recovery.CrashPoint;
import dev.sluice.engine.recovery.CrashPoints;
import dev.sluice.engine.scheduling.wake.WakeUps;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.DatabaseException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Commits together what arrived together. While one commit runs the next group gathers, so an idle node commits at once and a busy one in large groups, without a
 * timer; once there are enough for it, a second commit starts beside the first, so one that is held up lets only fewer than that wait for it. One event loop.
 *
 * <p>When the answer to a commit is lost, the same group is written again under the same ids: whatever was written before is not written twice, and the second
 * try learns the fate of the first. Only when that does not succeed in time do clients hear that the outcome is unknown.
 *
 * <p>A group that Postgres refuses is halved until the message that it refuses stands alone, so that no message takes its company down.
 */
final class GroupCommit {
    private static final Logger LOG = LoggerFactory.getLogger(GroupCommit.class);
    private static final long AGAIN_MILLIS = 200;
    private static final long TELL_NANOS = 1_000_000_000;
    /** Commits under way at once: while one waits for the disk, the processor is free for another. Each has a connection. */
    static final int MOST_WRITES = 2;
    /** Submissions that are worth a second commit beside the first: half makes commits of few, double lets more wait for a slow one. */
    static final int WORTH_A_WRITE = 64;
    /** Weight of the newest commit in the drain rate. */
    private static final double RATE_WEIGHT = 0.2;

    private static final int LONGEST_RETRY_SECONDS = 30;
    /** Statements for one group that is refused: enough to find four bad ones among thousands; half finds two, double lets a hostile tenant cost twice as much. */
    private static final int MOST_STATEMENTS = 64;

    private final Vertx vertx;
    private final SubmissionStore store;
    private final WakeUps wakeUps;
    private final IngestionBounds bounds;
    private final IngestionMeters meters;
    private final LongSupplier nanoTime;
    private final CrashPoints crashes;
    private final CommitQueue queue;
    private int writes;
    /** Submissions that were not stored since that was told last. */
    private int untold;
    /** When; null for never. */
    private Long toldAtNanos;

    private double rowsPerSecond = 10_000;

    GroupCommit(
            Vertx vertx,
            SubmissionStore store,
            WakeUps wakeUps,
            IngestionBounds bounds,
            IngestionMeters meters,
            LongSupplier nanoTime,
            CrashPoints crashes) {
        this.vertx = vertx;
        this.store = store;
        this.wakeUps = wakeUps;
        this.bounds = bounds;
        this.meters = meters;
        this.nanoTime = nanoTime;
        this.crashes = crashes;
        this.queue = new CommitQueue(bounds);
    }

    /** Accepts when the commit is done; fails with a 429 or 503 problem when nothing can be promised. */
    Future<Acceptance> accept(NewSubmission submission) {
        Promise<Acceptance> answer = Promise.promise();
        return switch (queue.offer(new Waiting(submission, answer))) {
            case FULL -> refuse(ProblemType.UNAVAILABLE, "More is waiting to be stored than this node holds.");
            case TENANT_FULL -> refuse(ProblemType.TOO_MANY_REQUESTS, "This tenant's share of the queue is full.");
            case FREE -> {
                meters.queued(submission.rows());
                flush();
                yield answer.future();
            }
        };
    }

    private Future<Acceptance> refuse(ProblemType type, String detail) {
        meters.refused(type);
        int seconds = (int) Math.ceil(queue.rows() / Math.max(rowsPerSecond, 1));
        return Future.failedFuture(new ProblemException(type, detail, Math.clamp(seconds, 1, LONGEST_RETRY_SECONDS)));
    }

    private void flush() {
        if (queue.isEmpty() || !mayWrite()) {
            return;
        }
        writes++;
        int rowsBefore = queue.rows();
        List<Waiting> group = queue.nextGroup();
        meters.queued(queue.rows() - rowsBefore);
        store(group, new int[] {MOST_STATEMENTS}).onComplete(done -> {
            writes--;
            flush();
        });
    }

    private boolean mayWrite() {
        return writes == 0 || (writes < MOST_WRITES && queue.size() >= WORTH_A_WRITE);
    }

    /** Writes a group and answers everybody in it; never fails. */
    private Future<Void> store(List<Waiting> group, int[] statementsLeft) {
        List<NewSubmission> submissions =
                group.stream().map(Waiting::submission).toList();
        long startedNanos = nanoTime.getAsLong();
        statementsLeft[0]--;
        crashes.reached(CrashPoint.INGEST_BEFORE_COMMIT);
        return write(submissions, startedNanos, false).transform(done -> {
            crashes.reached(CrashPoint.INGEST_AFTER_COMMIT);
            if (done.succeeded()) {
                note(submissions, done.result(), nanoTime.getAsLong() - startedNanos);
                answer(group, done.result());
                return Future.succeededFuture();
            }
            boolean refused = done.cause() instanceof DatabaseException;
            if (refused && group.size() > 1 && statementsLeft[0] > 1) {
                int half = group.size() / 2;
                return store(group.subList(0, half), statementsLeft)
                        .compose(first -> store(group.subList(half, group.size()), statementsLeft));
            }
            Throwable said = refused ? refusal((DatabaseException) done.cause(), group.size()) : done.cause();
            group.forEach(one -> one.answer().fail(said));
            return Future.succeededFuture();
        });
    }

    /** What Postgres refuses is not worth repeating as it is; its words stay in the log, since they may carry data. */
    private ProblemException refusal(DatabaseException refused, int submissions) {
        LOG.error("{} submissions cannot be stored: {}", submissions, refused.getMessage());
        meters.refused(ProblemType.INTERNAL, submissions);
        return new ProblemException(
                ProblemType.INTERNAL,
                "The database refuses to store this message (SQLSTATE " + refused.getSqlState()
                        + "). Nothing of it was accepted.");
    }

    private Future<Map<Long, Acceptance>> write(List<NewSubmission> group, long startedNanos, boolean doubtful) {
        long leftMillis = bounds.recordMillis() - (nanoTime.getAsLong() - startedNanos) / 1_000_000;
        return store.write(group)
                .timeout(Math.max(leftMillis, 1), TimeUnit.MILLISECONDS)
                .recover(failure ->
                        again(group, startedNanos, doubtful || StoreTrouble.mayHaveCommitted(failure), failure));
    }

    private Future<Map<Long, Acceptance>> again(
            List<NewSubmission> group, long startedNanos, boolean doubtful, Throwable failure) {
        if (!StoreTrouble.unreachable(failure)) {
            return Future.failedFuture(failure);
        }
        boolean late =
                nanoTime.getAsLong() - startedNanos + AGAIN_MILLIS * 1_000_000 >= bounds.recordMillis() * 1_000_000;
        if (!doubtful || late) {
            tell(group.size(), failure);
            meters.refused(doubtful ? ProblemType.OUTCOME_UNKNOWN : ProblemType.UNAVAILABLE, group.size());
            return Future.failedFuture(
                    doubtful
                            ? new ProblemException(
                                    ProblemType.OUTCOME_UNKNOWN,
                                    "The database did not say whether it is stored. Repeat it with the same Idempotency-Key.",
                                    2)
                            : new ProblemException(
                                    ProblemType.UNAVAILABLE,
                                    "The database cannot be used right now. Nothing was stored.",
                                    2));
        }
        return vertx.timer(AGAIN_MILLIS, TimeUnit.MILLISECONDS).compose(waited -> write(group, startedNanos, true));
    }

    /** Once a second: a database that refuses fast is asked for hundreds of groups a second. */
    private void tell(int submissions, Throwable failure) {
        untold += submissions;
        long nowNanos = nanoTime.getAsLong();
        if (toldAtNanos == null || nowNanos - toldAtNanos >= TELL_NANOS) {
            LOG.warn("{} submissions were not stored: {}", untold, failure.toString());
            untold = 0;
            toldAtNanos = nowNanos;
        }
    }

    private void answer(List<Waiting> group, Map<Long, Acceptance> judged) {
        Set<Long> channels = new HashSet<>();
        for (Waiting one : group) {
            channels.add(one.submission().request().envelope().channel().id());
        }
        wakeUps.changed(channels);
        for (Waiting one : group) {
            one.answer().complete(judged.get(one.submission().id()));
        }
    }

    /** What is slow or fast is all that was tried; what is counted is what was made durable now, and not by an earlier request. */
    private void note(List<NewSubmission> group, Map<Long, Acceptance> judged, long tookNanos) {
        int tried = 0;
        int submissions = 0;
        int rows = 0;
        for (NewSubmission one : group) {
            tried += one.rows();
            if (judged.get(one.id()) instanceof Acceptance.Accepted accepted && !accepted.replayed()) {
                submissions++;
                rows += one.rows();
            }
        }
        rowsPerSecond += RATE_WEIGHT * (tried * 1e9 / Math.max(tookNanos, 1) - rowsPerSecond);
        meters.committed(group.size(), tookNanos);
        meters.accepted(submissions, rows);
    }
}
