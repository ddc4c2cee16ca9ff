package dev.sluice.engine.scheduling;

import dev.sluice.engine.channel.CallOutcome;
import dev.sluice.engine.model.PriorityClass;
import dev.sluice.engine.quota.SlotAnswer;
import dev.sluice.engine.quota.SlotPermit;
import dev.sluice.engine.quota.SlotRequest;
import dev.sluice.engine.scheduling.hold.LanePlaces;
import dev.sluice.engine.scheduling.hold.Trouble;
import dev.sluice.engine.scheduling.queue.LaneQueue.Front;
import dev.sluice.engine.scheduling.queue.Pending;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The calls of a lane, from the question at its gates until they are over: how many are asked for, which are under way. At the moment the gates grant a call
 * it takes the best batch that waits then, as far as it was asked for. Confined to one event loop.
 */
final class LaneCalls {
    private final LanePorts ports;
    private final Lane lane;
    private final LaneLimits limits;
    private final LanePlaces places;
    private final Dispatch dispatch;
    private final GateQuestions questions = new GateQuestions();
    private final Set<Long> ids = new HashSet<>();
    private int inFlight;

    LaneCalls(LanePorts ports, Lane lane, LaneLimits limits, LanePlaces places, Dispatch dispatch) {
        this.ports = ports;
        this.lane = lane;
        this.limits = limits;
        this.places = places;
        this.dispatch = dispatch;
    }

    /** Calls that are under way; each is registered before its intent and leaves when it is settled. */
    Set<Long> ids() {
        return ids;
    }

    int inFlight() {
        return inFlight;
    }

    /** Whether gates are asked. */
    boolean asking() {
        return questions.open() > 0;
    }

    /** Whether one more may be asked for. */
    boolean mayAsk() {
        return questions.mayAsk(lane.queue.readyCount())
                && inFlight + questions.open() < ports.settings().mostCallsInFlight();
    }

    /** Asks the gates for the batch; a place for the call is ours. True when the next step may follow at once. */
    boolean ask(Front.Batch batch, List<SlotRequest> requests) {
        if (lane.closed() || !batch.leader().hasReady()) {
            ports.turns().giveBack();
            return !lane.closed();
        }
        long askedAtNanos = ports.clock().nanoTime();
        long callId = ports.ids().next();
        if (requests.isEmpty()) {
            start(batch, callId, Optional.empty(), askedAtNanos);
            return true;
        }
        questions.asked(batch.people());
        Optional<LanePlaces.Standing> turn = places.takeTurn();
        ports.slots().take(Long.toString(callId), requests).onComplete(answer -> {
            answered(batch, callId, turn, requests, answer.result());
            lane.pump();
        });
        return true;
    }

    private void answered(
            Front.Batch batch,
            long callId,
            Optional<LanePlaces.Standing> turn,
            List<SlotRequest> requests,
            SlotAnswer answer) {
        switch (answer) {
            case SlotAnswer.Granted granted -> {
                SlotPermit permit = granted.permit();
                questions.granted(batch.people());
                places.granted(turn);
                start(batch, callId, Optional.of(permit), permit.grantedAtNanos());
            }
            case SlotAnswer.NotBefore later -> {
                questions.refused(batch.people());
                ports.turns().giveBack();
                holdAtGate(batch, turn, requests, later);
            }
            case SlotAnswer.Unavailable unavailable -> {
                questions.refused(batch.people());
                ports.turns().giveBack();
                turn.ifPresent(places::drop);
                holdForLimiter(unavailable);
            }
        }
    }

    private void holdForLimiter(SlotAnswer.Unavailable unavailable) {
        lane.hold(Trouble.LIMITER, unavailable.reason(), unavailable.waitMillis());
        if (unavailable.lost()) {
            limits.open();
        }
    }

    private void holdAtGate(
            Front.Batch batch,
            Optional<LanePlaces.Standing> turn,
            List<SlotRequest> requests,
            SlotAnswer.NotBefore later) {
        ports.meters().refused(later.gate().name());
        PriorityClass priority = batch.leader().spec().priority();
        if (lane.closed() || !places.refused(turn, priority, requests, later)) {
            lane.holds.refused(priority, later, ports.clock().millis());
        }
    }

    /** The permit is ours: the batch is formed now, from what is most urgent now. */
    private void start(Front.Batch asked, long callId, Optional<SlotPermit> permit, long grantedAtNanos) {
        List<Pending> people = people(asked, permit.isPresent());
        if (people.isEmpty()) {
            permit.ifPresent(this::release);
            ports.turns().giveBack();
            return;
        }
        people.forEach(pending -> lane.travelling.add(pending.key()));
        inFlight++;
        ids.add(callId);
        lane.circuit.started();
        dispatch.run(new Flight(lane, callId, people, permit, grantedAtNanos)).onComplete(ended -> {
            inFlight--;
            ids.remove(callId);
            ports.turns().giveBack();
            if (ended.failed()) {
                lane.brokeOff(callId, ended.cause());
            }
            lane.pump();
        });
    }

    /** What the end of a call says about its slots: without an answer they stay held until the request surely is over, since it may still arrive. */
    void ended(SlotPermit permit, CallOutcome outcome, int people) {
        if (outcome instanceof CallOutcome.NotSent) {
            release(permit);
        } else if (!(outcome instanceof CallOutcome.Unknown)) {
            answered(permit, people);
        }
    }

    /** A call was answered: its slots are free a window later, those of people who did not travel at once. */
    void answered(SlotPermit permit, int people) {
        ports.slots().settle(permit, people).onComplete(done -> {
            lane.holds.answered(permit.requests(), ports.clock().millis());
            lane.pump();
        });
    }

    /** A granted call is not made: its slots are for the next one, which need not wait as long as it was told. */
    void release(SlotPermit permit) {
        ports.slots().release(permit).onComplete(done -> {
            lane.holds.released(permit.requests(), ports.clock().millis());
            lane.pump();
        });
    }

    /** Who travels; nobody when something holds the lane by now. */
    private List<Pending> people(Front.Batch asked, boolean limited) {
        // While the gates were asked, another call may have become the circuit's probe.
        if (lane.closed() || lane.circuit.waitNanos(ports.clock().nanoTime()) > 0) {
            return List.of();
        }
        lane.lookAtRule();
        long nowMillis = ports.clock().millis();
        int lowestAllowed = limited
                ? lane.holds.lowestAllowed(asked.leader().spec().priority(), nowMillis)
                : lane.holds.lowestAllowed(nowMillis);
        Optional<Front.Batch> batch = switch (lane.front(lowestAllowed)) {
            case Front.Nothing nothing -> Optional.empty();
            case Front.AwaitPage await -> asked.besides(await);
            case Front.Batch next -> asked.carrying(limits.fitting(next));
        };
        return batch.map(one -> lane.queue.take(one.leader().spec().contentHash(), one.people(), lowestAllowed))
                .orElse(List.of());
    }
}
