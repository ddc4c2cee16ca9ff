package dev.sluice.engine.http;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Bounds the requests of each tenant that are in work at a time, so that one that asks a lot waits for itself and not everybody for it. Some more wait for their
 * turn, in the order in which they came and for a while; at more, and after that, they are refused with 429. One event loop.
 */
public final class TenantPermits {
    /** A client that opens a hundred connections at once is served; double lets a flood of questions stand longer. */
    private static final int MOST_WAITING = 128;

    private static final int RETRY_SECONDS = 1;

    private final int most;
    private final long longestNanos;
    private final LongSupplier nanoTime;
    private final Consumer<ProblemType> refused;
    /** Those with requests in work. */
    private final Map<Long, Turns> tenants = new HashMap<>();

    /**
     * @param most requests of a tenant in work at a time
     * @param longestNanos that one waits for its turn; to be shorter than its connection may be silent, or nobody hears the answer
     * @param nanoTime of a monotonic clock
     * @param refused told of each that waits too long or may not even wait
     */
    public TenantPermits(int most, long longestNanos, LongSupplier nanoTime, Consumer<ProblemType> refused) {
        this.most = most;
        this.longestNanos = longestNanos;
        this.nanoTime = nanoTime;
        this.refused = refused;
    }

    /**
     * Works when it is this request's turn, at once if it can be.
     *
     * @return what the work gives; fails with 429 when too many wait, or its turn does not come
     */
    public <T> Future<T> with(long tenantId, Supplier<Future<T>> work) {
        Turns turns = tenants.computeIfAbsent(tenantId, first -> new Turns());
        if (turns.inWork < most) {
            turns.inWork++;
            return inWork(tenantId, turns, work);
        }
        if (turns.waiting.size() >= MOST_WAITING) {
            return Future.failedFuture(refusal("This tenant has as many requests in work and waiting as it may have."));
        }
        Promise<Void> turn = Promise.promise();
        turns.waiting.add(new Waiting(turn, nanoTime.getAsLong()));
        return turn.future().compose(come -> inWork(tenantId, turns, work));
    }

    /** Refuses those who have waited too long; to be called now and then. */
    public void expire() {
        long nowNanos = nanoTime.getAsLong();
        for (Turns turns : List.copyOf(tenants.values())) {
            while (!turns.waiting.isEmpty() && nowNanos - turns.waiting.peek().sinceNanos() >= longestNanos) {
                turns.waiting
                        .poll()
                        .turn()
                        .fail(refusal("The requests of this tenant that were before it took too long."));
            }
        }
    }

    /** Composed, since work that throws gives its permit back as well. */
    private <T> Future<T> inWork(long tenantId, Turns turns, Supplier<Future<T>> work) {
        return Future.succeededFuture().compose(begun -> work.get()).onComplete(done -> next(tenantId, turns));
    }

    private ProblemException refusal(String why) {
        refused.accept(ProblemType.TOO_MANY_REQUESTS);
        return new ProblemException(ProblemType.TOO_MANY_REQUESTS, why, RETRY_SECONDS);
    }

    /** The permit goes to whoever waits longest, or back. */
    private void next(long tenantId, Turns turns) {
        if (!turns.waiting.isEmpty()) {
            turns.waiting.poll().turn().complete();
        } else if (--turns.inWork == 0) {
            tenants.remove(tenantId);
        }
    }

    private static final class Turns {
        final Deque<Waiting> waiting = new ArrayDeque<>();
        int inWork;
    }

    private record Waiting(Promise<Void> turn, long sinceNanos) {}
}
