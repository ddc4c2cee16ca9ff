package dev.sluice.engine.quota;

import dev.sluice.engine.model.PriorityClass;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Slots for calls that are not batches (tokens, queries, resends): where lanes stand in line they stand too, each as a party of its own, else those lanes would leave
 * them nothing. They wait for a while inside the question; then it is refused as it would be without a line. Thread-safe; futures complete on the caller's context.
 */
public final class SlotsInLine implements SlotGates {
    /** The way through a line of 15,000 lanes at 10,000 calls per 20 s. Half gives up behind so many, double lets a caller's other work wait as long again. */
    private static final long PATIENCE_MILLIS = 30_000;
    /** When to try again where nobody said when the gate opens. */
    private static final long AGAIN_MILLIS = 1_000;

    private final Vertx vertx;
    private final SlotGates slots;
    private final GateLines lines;
    private final PriorityClass priority;
    /** Below zero, so nobody's tenant. */
    private final AtomicLong parties = new AtomicLong();

    /**
     * @param slots the gates behind the lines
     * @param priority of all its calls
     */
    public SlotsInLine(Vertx vertx, SlotGates slots, GateLines lines, PriorityClass priority) {
        this.vertx = vertx;
        this.slots = slots;
        this.lines = lines;
        this.priority = priority;
    }

    @Override
    public Future<SlotAnswer> take(String token, List<SlotRequest> requests) {
        Optional<SlotRequest> busy = lines.before(requests, priority);
        return busy.isPresent()
                ? stand(token, requests, new SlotAnswer.NotBefore(busy.get().gate(), AGAIN_MILLIS), 0)
                : slots.take(token, requests)
                        .compose(answer -> answer instanceof SlotAnswer.NotBefore later
                                ? stand(token, requests, later, later.waitMillis())
                                : Future.succeededFuture(answer));
    }

    @Override
    public Future<Void> warm(List<SlotGate> gates) {
        return slots.warm(gates);
    }

    @Override
    public Future<Void> settle(SlotPermit permit, int people) {
        return slots.settle(permit, people);
    }

    @Override
    public Future<Void> release(SlotPermit permit) {
        return slots.release(permit);
    }

    private Future<SlotAnswer> stand(
            String token, List<SlotRequest> requests, SlotAnswer.NotBefore refused, long refusedMillis) {
        Waiting waiting = new Waiting(token, requests, refused);
        SlotRequest request = requests.stream()
                .filter(one -> one.gate().equals(refused.gate()))
                .findFirst()
                .orElseThrow();
        Optional<GateLines.Place> place =
                lines.join(request, parties.decrementAndGet(), priority, refusedMillis, waiting::ask);
        if (place.isEmpty()) {
            return Future.succeededFuture(refused);
        }
        long timer = vertx.setTimer(PATIENCE_MILLIS, over -> waiting.giveUp(place.get()));
        return waiting.done.future().onComplete(answered -> vertx.cancelTimer(timer));
    }

    /** One that stands in line. Confined to its caller's context. */
    private final class Waiting {
        private final String token;
        private final List<SlotRequest> requests;
        private final Promise<SlotAnswer> done = Promise.promise();
        private SlotAnswer.NotBefore refused;
        private boolean asking;
        private boolean impatient;

        Waiting(String token, List<SlotRequest> requests, SlotAnswer.NotBefore refused) {
            this.token = token;
            this.requests = requests;
            this.refused = refused;
        }

        void ask(GateLines.Place place) {
            if (done.future().isComplete()) {
                return;
            }
            asking = true;
            slots.take(token, requests).onSuccess(answer -> {
                asking = false;
                if (answer instanceof SlotAnswer.NotBefore later && later.gate().equals(place.gate()) && !impatient) {
                    refused = later;
                    place.refused(later.waitMillis());
                } else {
                    end(place, answer);
                }
            });
        }

        void giveUp(GateLines.Place place) {
            impatient = true;
            if (!asking) {
                end(place, refused);
            }
        }

        private void end(GateLines.Place place, SlotAnswer answer) {
            if (answer instanceof SlotAnswer.NotBefore later && later.gate().equals(place.gate())) {
                place.refused(later.waitMillis());
            }
            place.leave();
            done.tryComplete(answer);
        }
    }
}
