package dev.sluice.engine.testkit;

import dev.sluice.engine.quota.SlotAnswer;
import dev.sluice.engine.quota.SlotGate;
import dev.sluice.engine.quota.SlotGates;
import dev.sluice.engine.quota.SlotPermit;
import dev.sluice.engine.quota.SlotRequest;
import io.vertx.core.Future;
import java.util.List;

/** Gates that are open and that nobody asks, as for channels without limits: a question is a fault. */
public class NoLimits implements SlotGates {
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
