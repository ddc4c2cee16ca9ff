package dev.sluice.engine.sending;

import dev.sluice.engine.quota.SlotAnswer;
import dev.sluice.engine.quota.SlotGate;
import dev.sluice.engine.quota.SlotGates;
import dev.sluice.engine.quota.SlotPermit;
import dev.sluice.engine.quota.SlotRequest;
import io.vertx.core.Future;
import java.util.List;

/** For channels without limits: asking it is a fault. */
final class NoLimits implements SlotGates {
    @Override
    public Future<SlotAnswer> take(String token, List<SlotRequest> requests) {
        throw new AssertionError("there is no limit to ask for");
    }

    @Override
    public Future<Void> warm(List<SlotGate> gates) {
        return Future.succeededFuture();
    }

    @Override
    public Future<Void> settle(SlotPermit permit, int people) {
        throw new AssertionError("nothing was taken");
    }

    @Override
    public Future<Void> release(SlotPermit permit) {
        throw new AssertionError("nothing was taken");
    }
}
