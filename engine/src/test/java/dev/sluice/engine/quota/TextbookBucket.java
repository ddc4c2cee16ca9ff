package dev.sluice.engine.quota;

import io.vertx.core.Future;
import java.util.List;

/** What everybody writes first: a bucket that starts full and refills evenly. Lets twice the capacity through in its first second. Thread-safe. */
final class TextbookBucket implements SlotGates {
    private double tokens = -1;
    private long filledAtNanos = System.nanoTime();

    @Override
    public synchronized Future<SlotAnswer> take(String token, List<SlotRequest> requests) {
        SlotRequest request = requests.getFirst();
        double capacity = request.gate().capacity();
        long now = System.nanoTime();
        double refill = (now - filledAtNanos) / 1e6 / request.gate().windowMillis() * capacity;
        tokens = tokens < 0 ? capacity : Math.min(capacity, tokens + refill);
        filledAtNanos = now;
        if (tokens < request.units()) {
            return Future.succeededFuture(new SlotAnswer.NotBefore(request.gate(), 5));
        }
        tokens -= request.units();
        return Future.succeededFuture(new SlotAnswer.Granted(new SlotPermit(token, requests, now, now)));
    }

    @Override
    public Future<Void> warm(List<SlotGate> gates) {
        return Future.succeededFuture();
    }

    @Override
    public Future<Void> settle(SlotPermit permit, int people) {
        return Future.succeededFuture();
    }

    @Override
    public Future<Void> release(SlotPermit permit) {
        return Future.succeededFuture();
    }
}
