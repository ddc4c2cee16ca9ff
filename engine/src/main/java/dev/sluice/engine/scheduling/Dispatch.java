package dev.sluice.engine.scheduling;

import dev.sluice.engine.channel.CallPlan;
import dev.sluice.engine.model.DeliveryKey;
import dev.sluice.engine.model.DeliveryState;
import dev.sluice.engine.model.PriorityClass;
import dev.sluice.engine.quota.LaneGates.PeopleRule;
import dev.sluice.engine.quota.PeopleDay;
import dev.sluice.engine.quota.PeopleGate;
import dev.sluice.engine.quota.SlotPermit;
import dev.sluice.engine.recovery.CrashPoint;
import dev.sluice.engine.scheduling.hold.Hold;
import dev.sluice.engine.scheduling.hold.Trouble;
import dev.sluice.engine.scheduling.queue.BatchProgress;
import dev.sluice.engine.scheduling.queue.CallChanges;
import dev.sluice.engine.scheduling.queue.Pending;
import dev.sluice.engine.sending.OutcomePolicy.Consequence;
import dev.sluice.engine.sending.OutcomePolicy.Traveller;
import dev.sluice.engine.sending.TokenAnswer;
import dev.sluice.engine.settling.CallIntent;
import dev.sluice.engine.settling.CallIntent.Answer;
import dev.sluice.engine.settling.DeliveryChange;
import dev.sluice.engine.settling.Settlement.Progress;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The steps of one call, after its permit was granted and its batch taken: vet the people, make the intent durable, send, conclude. Every trouble ends in deliveries that
 * go back to their queue or settle; a future that fails is a fault of ours. Confined to the lane's event loop.
 */
final class Dispatch {
    /** How often a batch is topped up for people whom the gate refused: half leaves calls less full, double delays the call under many repeats. */
    private static final int MOST_TOP_UPS = 6;

    private static final long GATE_TROUBLE_MILLIS = 1_000;
    private static final long INTENT_TROUBLE_MILLIS = 1_000;

    private final LanePorts ports;
    private final PeopleMarks marks;
    private final LaneEffects effects;
    private final Conclusion conclusion;

    Dispatch(LanePorts ports) {
        this.ports = ports;
        this.marks = new PeopleMarks(ports);
        this.effects = new LaneEffects(ports);
        this.conclusion = new Conclusion(ports, marks, effects);
    }

    /** Completes when the call is over and settled, or the batch is back in its queue. */
    Future<Void> run(Flight flight) {
        return Future.succeededFuture(flight)
                .compose(this::vet)
                .compose(vetted -> vetted.isPresent() ? intend(vetted.get()) : Future.succeededFuture());
    }

    /** No call can be made for want of a token. */
    void noToken(Lane lane, TokenAnswer answer) {
        effects.noToken(lane, answer);
    }

    // ---- vet: whom the platform would drop silently does not travel

    private Future<Optional<Flight>> vet(Flight flight) {
        List<Pending> distinct = distinct(flight.lane(), flight.batch(), List.of());
        Optional<PeopleRule> rule = flight.lane().limits().people();
        if (rule.isEmpty()) {
            return Future.succeededFuture(Optional.of(flight.with(distinct)));
        }
        PeopleDay today = new PeopleDay(rule.get(), ports.clock().platformDay());
        return admit(flight, today, distinct, new ArrayList<>(), 0).map(admitted -> {
            if (admitted.isEmpty()) {
                release(flight);
                return Optional.<Flight>empty();
            }
            return Optional.of(flight.with(admitted));
        });
    }

    /** The call will not be made. */
    private void release(Flight flight) {
        flight.permit().ifPresent(flight.lane().calls()::release);
        flight.lane().circuit.abandoned();
    }

    /** Two submissions may hold the same content for the same person: the second one waits for its own call. */
    private List<Pending> distinct(Lane lane, List<Pending> batch, List<Pending> company) {
        if (!lane.adapter().hasRecipients()) {
            return batch;
        }
        Set<String> seen = new HashSet<>(recipients(company));
        List<Pending> distinct = new ArrayList<>(batch.size());
        List<Pending> again = new ArrayList<>();
        for (Pending pending : batch) {
            (seen.add(pending.recipient()) ? distinct : again).add(pending);
        }
        putBack(lane, again);
        return distinct;
    }

    private Future<List<Pending>> admit(
            Flight flight, PeopleDay day, List<Pending> asked, List<Pending> admitted, int topUps) {
        return marks.make(day, flight.contentHash(), asked).transform(answer -> {
            if (answer.failed()) {
                // Those who were let through before may travel; these may not, nobody knows whether they are marked.
                putBack(flight.lane(), asked);
                String reason = answer.cause().getMessage();
                flight.lane().hold(Trouble.PEOPLE, reason, GATE_TROUBLE_MILLIS);
                return Future.succeededFuture(admitted);
            }
            List<PeopleGate.Verdict> verdicts = answer.result();
            List<Pending> refused = new ArrayList<>();
            List<DeliveryChange> changes = new ArrayList<>();
            for (int i = 0; i < asked.size(); i++) {
                Pending pending = asked.get(i);
                PeopleGate.Verdict verdict = verdicts.get(i);
                if (verdict == PeopleGate.Verdict.GO) {
                    admitted.add(pending);
                } else {
                    refused.add(pending);
                    changes.add(CallChanges.end(pending, DeliveryState.SUPPRESSED, verdict.disposition(), 0));
                }
            }
            if (refused.isEmpty()) {
                return Future.succeededFuture(admitted);
            }
            suppress(flight.lane(), refused, changes);
            List<Pending> more = topUps < MOST_TOP_UPS
                    ? distinct(flight.lane(), more(flight, refused.size(), admitted.size()), admitted)
                    : List.of();
            if (more.isEmpty()) {
                return Future.succeededFuture(admitted);
            }
            return admit(flight, day, more, admitted, topUps + 1);
        });
    }

    private static List<Pending> more(Flight flight, int people, int company) {
        PriorityClass granted = flight.batch().get(0).work().spec().priority();
        return flight.lane().takeMore(company, flight.contentHash(), people, granted);
    }

    private void suppress(Lane lane, List<Pending> refused, List<DeliveryChange> changes) {
        List<Progress> progress = BatchProgress.of(refused, changes);
        lane.settle(List.of(), changes, progress).onSuccess(done -> {
            BatchProgress.written(refused, progress);
            refused.forEach(pending -> lane.travelling.remove(pending.key()));
            refused.forEach(lane.queue::settled);
            lane.pump();
        });
    }

    // ---- intend: durable, paid for and fenced before the first byte

    private Future<Void> intend(Flight flight) {
        ports.crashes().reached(CrashPoint.CLAIM_AFTER);
        Lane lane = flight.lane();
        boolean bulk = flight.batch().stream().allMatch(one -> one.work().spec().priority() == PriorityClass.BULK);
        List<DeliveryKey> keys = flight.batch().stream().map(Pending::key).toList();
        CallIntent intent =
                CallIntents.send(lane, flight.callId(), keys, ports.clock().platformMonth(), bulk);
        return ports.intents().commit(intent).compose(answer -> switch (answer) {
            case Answer.Committed committed -> send(flight);
            case Answer.Fenced fenced -> {
                // The marks stay: the new owner may have sent to these very people meanwhile.
                release(flight);
                putBack(lane, flight.batch());
                lane.close();
                yield Future.succeededFuture();
            }
            case Answer.MonthSpent spent -> {
                giveUp(flight);
                PriorityClass from = bulk ? PriorityClass.BULK : PriorityClass.CRITICAL;
                lane.hold(from, Hold.MONTH, spent.reason(), ports.settings().monthHoldMillis());
                yield Future.succeededFuture();
            }
            case Answer.Withdrawn withdrawn -> {
                giveUp(flight);
                lane.hold(Trouble.POSTGRES, withdrawn.reason(), INTENT_TROUBLE_MILLIS);
                yield Future.succeededFuture();
            }
        });
    }

    /** Nothing left: the permit, the marks and the people go back. */
    private void giveUp(Flight flight) {
        release(flight);
        marks.takeBack(flight.lane(), flight.batch());
        putBack(flight.lane(), flight.batch());
    }

    // ---- send and conclude

    private Future<Void> send(Flight flight) {
        ports.crashes().reached(CrashPoint.INTENT_AFTER);
        Lane lane = flight.lane();
        CallPlan plan = new CallPlan(
                flight.callId(),
                CallPlan.idempotencyKey(flight.callId()),
                lane.channel(),
                flight.batch().get(0).work().spec().content(),
                lane.adapter().hasRecipients() ? recipients(flight.batch()) : List.of());
        long readyAtNanos = ports.clock().nanoTime();
        long sentAtNanos = flight.permit()
                .map(SlotPermit::notBeforeNanos)
                .filter(freeAtNanos -> freeAtNanos - readyAtNanos > 0)
                .orElse(readyAtNanos);
        return ports.sender().send(plan, flight.permit()).compose(outcome -> {
            ports.crashes().reached(CrashPoint.CALL_AFTER);
            long tookNanos = ports.clock().nanoTime() - sentAtNanos;
            flight.permit()
                    .ifPresent(permit ->
                            lane.calls().ended(permit, outcome, flight.batch().size()));
            List<Traveller> travellers = flight.batch().stream()
                    .map(one -> new Traveller(one.recipient(), one.attempts()))
                    .toList();
            boolean healthy = lane.circuit.failuresInRow() == 0;
            Consequence consequence = ports.outcomes().of(outcome, travellers, healthy, ports.random());
            ports.meters().call(lane.channel().kind(), consequence.state(), travellers.size(), tookNanos);
            return conclusion.conclude(flight, outcome, consequence);
        });
    }

    private void putBack(Lane lane, List<Pending> batch) {
        for (int i = batch.size() - 1; i >= 0; i--) {
            lane.travelling.remove(batch.get(i).key());
            lane.queue.putBack(batch.get(i));
        }
    }

    private static List<String> recipients(List<Pending> batch) {
        return batch.stream().map(Pending::recipient).toList();
    }
}
