package dev.sluice.engine.ingestion;

import dev.sluice.engine.http.TenantShares;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Submissions that wait for the next commit: bounded in all and per tenant. Pure; one thread. */
final class CommitQueue {
    private final IngestionBounds bounds;
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private final TenantShares rows;

    CommitQueue(IngestionBounds bounds) {
        this.bounds = bounds;
        this.rows = new TenantShares(bounds.rowsQueued(), bounds.rowsQueuedPerTenant());
    }

    /** Appends one if there is room for its rows, in all and for its tenant. */
    TenantShares.Room offer(Waiting one) {
        TenantShares.Room room = rows.take(one.submission.tenantId(), one.submission.rows());
        if (room == TenantShares.Room.FREE) {
            waiting.add(one);
        }
        return room;
    }

    /** Takes what goes in the next commit: everything, up to the bound on its rows. */
    List<Waiting> nextGroup() {
        List<Waiting> group = new ArrayList<>(waiting.size());
        int groupRows = 0;
        while (!waiting.isEmpty() && groupRows + waiting.peek().submission.rows() <= bounds.rowsPerCommit()) {
            Waiting one = waiting.poll();
            groupRows += one.submission.rows();
            group.add(one);
            rows.giveBack(one.submission.tenantId(), one.submission.rows());
        }
        return group;
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** Submissions that wait. */
    int size() {
        return waiting.size();
    }

    /** Rows that wait. */
    int rows() {
        return (int) rows.taken();
    }

    /**
     * @param submission what waits
     * @param answer who waits for it
     */
    record Waiting(NewSubmission submission, Promise<Acceptance> answer) {}
}
