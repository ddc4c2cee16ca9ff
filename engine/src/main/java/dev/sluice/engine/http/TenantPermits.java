package dev.sluice.engine.http;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Bounds the requests of each tenant that are in work at a time, so that one that asks a lot waits for itself and not everybody for it. Some more wait for their
 * turn, in the order in which they came; at more they are refused with 429. One event loop.
 */
public final class TenantPermits {
    /** A client that opens a hundred connections at once is served; double lets a flood of questions stand longer. */
    private static final int MOST_WAITING = 128;

    private static final int RETRY_SECONDS = 1;

    private final int most;
    private final Consumer<ProblemType> refused;
    /** Those with requests in work. */
    private final Map<Long, Turns> tenants = new HashMap<>();

    /**
     * @param most requests of a tenant in work at a time
     * @param refused told of each that may not even wait
     */
    public TenantPermits(int most, Consumer<ProblemType> refused) {
        this.most = most;
        this.refused = refused;
    }

    /**
     * Works when it is this request's turn, at once if it can be.
     *
     * @return what the work gives; fails with 429 when too many wait
     */
    public <T> Future<T> with(long tenantId, Supplier<Future<T>> work) {
        Turns turns = tenants.computeIfAbsent(tenantId, first -> new Turns());
        if (turns.inWork >= most && turns.waiting.size() >= MOST_WAITING) {
            refused.accept(ProblemType.TOO_MANY_REQUESTS);
            return Future.failedFuture(new ProblemException(
                    ProblemType.TOO_MANY_REQUESTS,
                    "This tenant has as many requests in work and waiting as it may have.",
                    RETRY_SECONDS));
        }
        return turn(turns).compose(mine -> work.get()).onComplete(done -> next(tenantId, turns));
    }

    private Future<Void> turn(Turns turns) {
        if (turns.inWork < most) {
            turns.inWork++;
            return Future.succeededFuture();
        }
        Promise<Void> mine = Promise.promise();
        turns.waiting.add(mine);
        return mine.future();
    }

    /** The permit goes to whoever waits longest, or back. */
    private void next(long tenantId, Turns turns) {
        if (!turns.waiting.isEmpty()) {
            turns.waiting.poll().complete();
        } else if (--turns.inWork == 0) {
            tenants.remove(tenantId);
        }
    }

    private static final class Turns {
        final Deque<Promise<Void>> waiting = new ArrayDeque<>();
        int inWork;
    }
}
