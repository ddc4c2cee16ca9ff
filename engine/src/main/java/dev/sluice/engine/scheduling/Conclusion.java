package dev.sluice.engine.scheduling;

import dev.sluice.engine.channel.CallOutcome;
import dev.sluice.engine.channel.ReceiptProtocol;
import dev.sluice.engine.directory.ChannelEntry;
import dev.sluice.engine.model.CallState;
import dev.sluice.engine.model.DeliveryState;
import dev.sluice.engine.model.Disposition;
import dev.sluice.engine.scheduling.queue.BatchProgress;
import dev.sluice.engine.scheduling.queue.CallChanges;
import dev.sluice.engine.scheduling.queue.Pending;
import dev.sluice.engine.sending.OutcomePolicy.Consequence;
import dev.sluice.engine.sending.Verdict;
import dev.sluice.engine.settling.CallAnswer;
import dev.sluice.engine.settling.DeliveryChange;
import dev.sluice.engine.settling.Settlement.Progress;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns what a call came to into durable rows first, then into the lane's memory, then into effects beyond the call. Confined to the lane's event loop. */
final class Conclusion {
    private static final Logger log = LoggerFactory.getLogger(Conclusion.class);

    private final LanePorts ports;
    private final PeopleMarks marks;
    private final LaneEffects effects;

    Conclusion(LanePorts ports, PeopleMarks marks, LaneEffects effects) {
        this.ports = ports;
        this.marks = marks;
        this.effects = effects;
    }

    /** Completes when the outcome is durable and the lane knows it. */
    Future<Void> conclude(Flight flight, CallOutcome outcome, Consequence policy) {
        Consequence consequence = endingTheRefused(flight, policy);
        Lane lane = flight.lane();
        long callId = flight.callId();
        int failures = lane.circuit.failuresInRow();
        LaneHealth.note(lane, outcome, ports.clock().nanoTime());
        if (lane.circuit.failuresInRow() > failures) {
            lane.failed(flight.contentHash());
        }
        List<DeliveryChange> changes = CallChanges.of(flight.batch(), consequence.verdicts(), callId);
        List<Progress> progress = BatchProgress.of(flight.batch(), changes);
        return lane.settle(List.of(answer(lane, callId, consequence)), changes, progress)
                .compose(ended -> ended ? marks.takeBackNotSent(flight, consequence) : endedBefore(callId))
                .<Void>map(done -> {
                    BatchProgress.written(flight.batch(), progress);
                    remember(flight, consequence);
                    effects.apply(flight, consequence.effect());
                    if (consequence.state() == CallState.ACCEPTED) {
                        lane.trials.passed(flight.contentHash());
                    } else if (consequence.state() == CallState.UNKNOWN) {
                        lane.doubts().add(callId, flight.batch());
                    }
                    return null;
                });
    }

    /** Whoever comes back to a content that was refused meanwhile ends with it. */
    private static Consequence endingTheRefused(Flight flight, Consequence policy) {
        List<Verdict> verdicts = new ArrayList<>(policy.verdicts());
        for (int i = 0; i < verdicts.size(); i++) {
            Disposition refused = flight.batch().get(i).work().refused();
            if (refused != null && !(verdicts.get(i) instanceof Verdict.End)) {
                verdicts.set(i, new Verdict.End(DeliveryState.FAILED, refused));
            }
        }
        return new Consequence(
                policy.state(), policy.charge(), policy.platformRef(), policy.code(), verdicts, policy.effect());
    }

    private static CallAnswer answer(Lane lane, long callId, Consequence consequence) {
        return new CallAnswer(
                lane.channel().tenantId(),
                callId,
                CallState.OPEN,
                consequence.state(),
                consequence.charge(),
                consequence.platformRef(),
                consequence.code(),
                consequence.state() == CallState.ACCEPTED ? receiptAfterMillis(lane, callId) : -1);
    }

    /** When to ask what became of an accepted call; negative for never. */
    private static long receiptAfterMillis(Lane lane, long callId) {
        ChannelEntry channel = lane.channel();
        return ReceiptChoice.wanted(channel.receipts(), channel.receiptSamplePercent(), callId)
                ? lane.adapter()
                        .receipts()
                        .map(ReceiptProtocol::firstAskAfterMillis)
                        .orElse(-1L)
                : -1;
    }

    /** Somebody else decided about its deliveries, so that their marks are not ours to take back. */
    private static Future<Void> endedBefore(long callId) {
        log.warn("Call {} had ended before its outcome was written here: what is known of it here is void", callId);
        return Future.succeededFuture();
    }

    private void remember(Flight flight, Consequence consequence) {
        Lane lane = flight.lane();
        // One moment for all: who is due at the same time goes in one call again.
        long nowMillis = ports.clock().millis();
        for (int i = flight.batch().size() - 1; i >= 0; i--) {
            Pending pending = flight.batch().get(i);
            Verdict verdict = consequence.verdicts().get(i);
            if (!(verdict instanceof Verdict.End end && end.state() == DeliveryState.IN_DOUBT)) {
                lane.travelling.remove(pending.key());
            }
            switch (verdict) {
                case Verdict.End end -> lane.queue.settled(pending);
                case Verdict.Retry retry -> {
                    pending.attempted();
                    lane.queue.defer(pending, nowMillis + retry.delayMillis());
                }
                case Verdict.Again again -> {
                    pending.travelWith(again.mostCompany());
                    lane.queue.putBack(pending);
                }
            }
        }
    }
}
