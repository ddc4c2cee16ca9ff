package dev.sluice.engine.quota;

import dev.sluice.engine.quota.CallLog.Intent;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A node that sends as fast as its gates allow, over a network that delays requests and answers by up to 60 ms each. It does what a sender must: durable
 * intent after the grant, the grant's age checked right before the call leaves.
 */
final class JitteryNode {
    private static final int JITTER_MILLIS = 60;
    private static final long GRANT_AGE_NANOS = SlotRig.TIMING.grantAgeMillis() * 1_000_000;
    /** A request that is later than the proof assumes gets lost: on a machine that stops for seconds the assumption itself would be what fails. */
    private static final long LATEST_NANOS =
            GRANT_AGE_NANOS + (SlotRig.TIMING.deadlineMillis() + SlotRig.TIMING.latenessMillis()) * 1_000_000;

    private static final AtomicLong CALL_IDS = new AtomicLong();

    private final Vertx vertx;
    private final SlotGates gates;
    private final CallLog log;
    private final Receiver receiver;
    private final Random random;
    private final AtomicBoolean stopped = new AtomicBoolean();

    JitteryNode(Vertx vertx, SlotGates gates, CallLog log, Receiver receiver, long seed) {
        this.vertx = vertx;
        this.gates = gates;
        this.log = log;
        this.receiver = receiver;
        this.random = new Random(seed);
    }

    /** Starts lanes that each have one call in flight at most. */
    void start(int lanes, List<SlotRequest> requests) {
        for (int lane = 0; lane < lanes; lane++) {
            vertx.runOnContext(go -> next(requests));
        }
    }

    void stop() {
        stopped.set(true);
    }

    private void next(List<SlotRequest> requests) {
        if (stopped.get()) {
            return;
        }
        long callId = log.nextId(CALL_IDS.incrementAndGet());
        gates.take(Long.toString(callId), requests)
                .compose(answer -> switch (answer) {
                    case SlotAnswer.Granted granted -> call(callId, granted.permit());
                    case SlotAnswer.NotBefore refused -> pause(Math.min(refused.waitMillis(), 20));
                    case SlotAnswer.Unavailable down -> pause(Math.min(down.waitMillis(), 50));
                })
                .onComplete(done -> next(requests));
    }

    private Future<Void> call(long callId, SlotPermit permit) {
        int people = permit.requests().getFirst().units();
        return log.commit(new Intent(callId, people))
                .compose(committed -> until(permit.notBeforeNanos()))
                .compose(due -> {
                    if (System.nanoTime() - permit.grantedAtNanos() > GRANT_AGE_NANOS) {
                        return log.neverLeft(callId).compose(v -> gates.release(permit));
                    }
                    return pause(random.nextInt(JITTER_MILLIS))
                            .onSuccess(arrived -> {
                                if (System.nanoTime() - permit.grantedAtNanos() < LATEST_NANOS) {
                                    receiver.arrive(people);
                                }
                            })
                            .compose(arrived -> pause(random.nextInt(JITTER_MILLIS)))
                            .compose(answered -> log.answered(callId))
                            .compose(recorded -> gates.settle(permit, people));
                })
                .recover(trouble -> pause(50));
    }

    private Future<Void> until(long nanos) {
        long waitNanos = nanos - System.nanoTime();
        return waitNanos <= 0 ? Future.succeededFuture() : pause(Math.ceilDiv(waitNanos, 1_000_000L));
    }

    private Future<Void> pause(long millis) {
        return vertx.timer(Math.max(1, millis), TimeUnit.MILLISECONDS).mapEmpty();
    }
}
