package dev.sluice.engine.ingestion;

import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Submissions that wait for the next commit: bounded in all and per tenant. Pure; one thread. */
final class CommitQueue {
    private final IngestionBounds bounds;
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private final Map<Long, Integer> rowsByTenant = new HashMap<>();
    private int rows;

    CommitQueue(IngestionBounds bounds) {
        this.bounds = bounds;
    }

    /** Whether there is room for these rows, for this tenant. */
    Room roomFor(NewSubmission submission) {
        if (rows + submission.rows() > bounds.rowsQueued()) {
            return Room.FULL;
        }
        int ofTenant = rowsByTenant.getOrDefault(submission.tenantId(), 0);
        return ofTenant + submission.rows() > bounds.rowsQueuedPerTenant() ? Room.TENANT_FULL : Room.FREE;
    }

    /** Appends one; the caller asked for room before. */
    void add(Waiting one) {
        waiting.add(one);
        rows += one.submission.rows();
        rowsByTenant.merge(one.submission.tenantId(), one.submission.rows(), Integer::sum);
    }

    /** Takes what goes in the next commit: everything, up to the bound on its rows. */
    List<Waiting> nextGroup() {
        List<Waiting> group = new ArrayList<>(waiting.size());
        int groupRows = 0;
        while (!waiting.isEmpty() && groupRows + waiting.peek().submission.rows() <= bounds.rowsPerCommit()) {
            Waiting one = waiting.poll();
            groupRows += one.submission.rows();
            group.add(one);
            rowsByTenant.computeIfPresent(one.submission.tenantId(), (tenant, left) -> {
                int rest = left - one.submission.rows();
                return rest == 0 ? null : rest;
            });
        }
        rows -= groupRows;
        return group;
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** Rows that wait. */
    int rows() {
        return rows;
    }

    /** Whether one more request fits. */
    enum Room {
        FREE,
        TENANT_FULL,
        FULL
    }

    /**
     * @param submission what waits
     * @param answer who waits for it
     */
    record Waiting(NewSubmission submission, Promise<Acceptance> answer) {}
}
