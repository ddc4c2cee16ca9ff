package dev.sluice.engine.scheduling.queue;

import dev.sluice.engine.model.Disposition;
import dev.sluice.engine.model.PriorityClass;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.UUID;

/**
 * What a lane's owner knows of one open submission: a bounded part of its waiting deliveries, and how far it has read. Confined to the owner's event loop.
 */
public final class SubmissionWork extends ServiceOrder.Served {
    /** Deferred deliveries kept in memory; beyond it they are read again from the database when the rest is done. */
    private static final int MOST_DEFERRED = 1_000;

    /**
     * A stretch of ordinals that was read at once. When nothing of it and of all stretches before it is outstanding, everything below its end is settled.
     */
    public static final class Page {
        final int end;
        int outstanding;

        Page(int end, int outstanding) {
            this.end = end;
            this.outstanding = outstanding;
        }
    }

    /**
     * An open submission as the database has it.
     *
     * @param tenantId owner
     * @param id the submission
     * @param priority class
     * @param cancelling whether its rest must be cancelled
     * @param deliverByMillis wall time, {@link Long#MAX_VALUE} for none
     * @param contentHash names the content
     * @param content canonical text
     * @param total number of deliveries
     * @param settledBelow where to start to read
     */
    public record Spec(
            long tenantId,
            long id,
            PriorityClass priority,
            boolean cancelling,
            long deliverByMillis,
            UUID contentHash,
            String content,
            int total,
            int settledBelow) {}

    private final Spec spec;
    private final ArrayDeque<Page> pages = new ArrayDeque<>();
    final ArrayDeque<Pending> ready = new ArrayDeque<>();
    final PriorityQueue<Pending> deferred =
            new PriorityQueue<>(Comparator.comparingLong((Pending pending) -> pending.notBeforeMillis));
    /** The next ordinal to read. */
    int cursor;

    int inFlight;
    boolean loading;

    private Disposition refused;
    private int settledBelow;
    /** What the database has as settled, as far as we know. */
    private int writtenBelow;
    /** Whether deferred deliveries were left to the database. */
    private boolean sweepAgain;

    private long sweepAgainAtMillis = Long.MAX_VALUE;

    /** Of which nothing was read yet. */
    public SubmissionWork(Spec spec) {
        super(spec.id(), spec.priority(), spec.deliverByMillis(), spec.contentHash());
        this.spec = spec;
        this.cursor = spec.settledBelow();
        this.settledBelow = spec.settledBelow();
        this.writtenBelow = spec.settledBelow();
    }

    /** What the database says of it. */
    public Spec spec() {
        return spec;
    }

    @Override
    protected int readyCount() {
        return ready.size();
    }

    @Override
    protected int mostCompany() {
        return ready.isEmpty() ? Integer.MAX_VALUE : ready.peekFirst().mostCompany;
    }

    /** Whether somebody of it may go now. */
    public boolean hasReady() {
        return !ready.isEmpty();
    }

    /** Why nobody gets its content any more, null while somebody may. */
    public Disposition refused() {
        return refused;
    }

    /** Nobody gets its content any more. */
    public void refuse(Disposition why) {
        refused = why;
    }

    /** The rest of it, to be read from where everything before is settled and used apart from any queue. */
    public SubmissionWork rest() {
        SubmissionWork rest = new SubmissionWork(spec);
        rest.cursor = settledBelow;
        return rest;
    }

    /** Everything below was read. */
    public void readBelow(int end) {
        cursor = end;
    }

    /** Everything below is settled. */
    public int settledBelow() {
        return settledBelow;
    }

    /** What the database has as settled, as far as we know: lower there means that somebody opened it again. */
    public int writtenBelow() {
        return writtenBelow;
    }

    void written(int below) {
        writtenBelow = Math.max(writtenBelow, below);
    }

    Page page(int end, int outstanding) {
        Page page = new Page(end, outstanding);
        pages.add(page);
        cursor = end;
        advance();
        return page;
    }

    /** Whether the next page should be read. */
    boolean wantsPage(int lowMark) {
        return !loading && !fullyRead() && ready.size() <= lowMark;
    }

    /** Deliveries behind those that were read, waiting or not. */
    int unread() {
        return spec.total() - cursor;
    }

    /** Whether nothing of it is left to be read. */
    public boolean fullyRead() {
        return cursor >= spec.total();
    }

    /** Whether nothing of it is left in memory or to be read. */
    boolean done() {
        return !sweepAgain && restDone();
    }

    void defer(Pending pending) {
        if (deferred.size() < MOST_DEFERRED) {
            deferred.add(pending);
        } else {
            sweepAgain(pending.notBeforeMillis);
        }
    }

    /** All that is deferred comes so much earlier. */
    void dueEarlier(long millis) {
        // All by the same, so that their order stays.
        deferred.forEach(pending -> pending.notBeforeMillis -= millis);
        if (sweepAgainAtMillis != Long.MAX_VALUE) {
            sweepAgainAtMillis -= millis;
        }
    }

    /** Makes due what was deferred until now; starts over when everything else is done and some were left to the database. */
    void wake(long nowMillis) {
        while (!deferred.isEmpty() && deferred.peek().notBeforeMillis <= nowMillis) {
            ready.addLast(deferred.poll());
        }
        if (sweepAgain && restDone() && sweepAgainAtMillis <= nowMillis) {
            sweepAgain = false;
            sweepAgainAtMillis = Long.MAX_VALUE;
            pages.clear();
            cursor = settledBelow;
        }
    }

    /** Some of it is only in the database: read it once more, not before this time, from where everything is settled. */
    void sweepAgain(long atMillis) {
        sweepAgain = true;
        sweepAgainAtMillis = Math.min(sweepAgainAtMillis, atMillis);
    }

    /** When {@link #wake} has something to do next that time alone brings about. */
    long nextDueMillis() {
        long deferredAt = deferred.isEmpty() ? Long.MAX_VALUE : deferred.peek().notBeforeMillis;
        return sweepAgain && restDone() ? Math.min(deferredAt, sweepAgainAtMillis) : deferredAt;
    }

    /** Whether {@link #wake} may have something to do some day. */
    boolean sleeps() {
        return sweepAgain || !deferred.isEmpty();
    }

    private boolean restDone() {
        return fullyRead() && !loading && ready.isEmpty() && deferred.isEmpty() && inFlight == 0;
    }

    void settled(Pending pending) {
        pending.page.outstanding--;
        advance();
    }

    private void advance() {
        while (!pages.isEmpty() && pages.peekFirst().outstanding == 0) {
            settledBelow = Math.max(settledBelow, pages.pollFirst().end);
        }
    }
}
