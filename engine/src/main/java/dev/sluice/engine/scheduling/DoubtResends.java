package dev.sluice.engine.scheduling;

import dev.sluice.engine.channel.CallOutcome;
import dev.sluice.engine.channel.CallPlan;
import dev.sluice.engine.channel.DoubtRule;
import dev.sluice.engine.channel.ReceiptProtocol;
import dev.sluice.engine.model.DeliveryKey;
import dev.sluice.engine.quota.SlotPermit;
import dev.sluice.engine.recovery.CrashPoint;
import dev.sluice.engine.recovery.DoubtfulCall;
import dev.sluice.engine.recovery.DoubtfulCall.Traveller;
import dev.sluice.engine.scheduling.doubt.Doubt;
import dev.sluice.engine.scheduling.doubt.DoubtAnswers;
import dev.sluice.engine.scheduling.doubt.ResendVerdict;
import dev.sluice.engine.settling.CallIntent;
import java.util.List;
import java.util.Optional;

/** Sends doubtful calls again, byte for byte, and writes down what that says: the platform recognises what it had. Confined to the lane's event loop. */
final class DoubtResends {
    private final LanePorts ports;
    private final Lane lane;
    private final LaneDoubts doubts;
    private final SideCall sideCall;

    DoubtResends(LanePorts ports, Lane lane, LaneDoubts doubts) {
        this.ports = ports;
        this.lane = lane;
        this.doubts = doubts;
        this.sideCall = new SideCall(ports);
    }

    /** Once through the gates and out. */
    void resend(Doubt doubt) {
        ports.crashes().reached(CrashPoint.RESEND_BEFORE_INTENT);
        DoubtfulCall call = doubt.call();
        long resendId = ports.ids().next();
        List<DeliveryKey> keys = call.travellers().stream().map(Traveller::key).toList();
        CallIntent intent = CallIntents.resend(
                lane, resendId, call.callId(), keys, ports.clock().platformMonth());
        CallPlan plan = plan(call, resendId);
        sideCall.run(
                        lane,
                        lane.limits().slots(),
                        keys.size(),
                        intent,
                        permit -> ports.sender().send(plan, permit))
                .onFailure(fault -> lane.brokeOff(resendId, fault))
                .onSuccess(left -> {
                    switch (left) {
                        case SideCall.Left.No<CallOutcome> no -> {
                            lane.circuit.abandoned();
                            doubts.later(doubt, no.waitMillis());
                        }
                        case SideCall.Left.Yes<CallOutcome> yes -> resent(doubt, resendId, yes.permit(), yes.result());
                    }
                });
    }

    /** With the first call's key, by which the platform recognises it. */
    private CallPlan plan(DoubtfulCall call, long resendId) {
        List<String> recipients = lane.adapter().hasRecipients()
                ? call.travellers().stream().map(Traveller::recipient).toList()
                : List.of();
        return new CallPlan(
                resendId, CallPlan.idempotencyKey(call.callId()), lane.channel(), call.content(), recipients);
    }

    private void resent(Doubt doubt, long resendId, Optional<SlotPermit> permit, CallOutcome outcome) {
        LaneHealth.note(lane, outcome, ports.clock().nanoTime());
        if (outcome instanceof CallOutcome.Throttled throttled) {
            lane.throttled(throttled.scope(), throttled.waitMillis(), throttled.code());
        }
        permit.ifPresent(one ->
                lane.calls().ended(one, outcome, doubt.call().travellers().size()));
        switch (ResendVerdict.of(outcome, ports.outcomes().meteredOnError(), doubts.arrivedMillis())) {
            case ResendVerdict.Taken taken -> taken(doubt, resendId, taken.platformRef());
            case ResendVerdict.Again again -> again(doubt, resendId, again);
        }
    }

    private void again(Doubt doubt, long resendId, ResendVerdict.Again verdict) {
        if (verdict.counts()) {
            doubt.resent();
        }
        doubts.settle(
                List.of(DoubtAnswers.resendFailed(doubt.call(), resendId, verdict)),
                List.of(),
                () -> doubts.later(doubt, verdict.waitMillis()));
    }

    private void taken(Doubt doubt, long resendId, String platformRef) {
        DoubtfulCall call = doubt.call();
        if (lane.adapter().doubt() instanceof DoubtRule.ResendAndQuery) {
            doubts.settle(
                    List.of(DoubtAnswers.resent(call, resendId, platformRef, askAfterMillis())),
                    List.of(),
                    doubt::awaitReceipt);
        } else {
            doubts.settle(
                    List.of(DoubtAnswers.resolved(call), DoubtAnswers.resent(call, resendId, platformRef, -1)),
                    DoubtAnswers.confirmedByResend(call, resendId),
                    () -> doubts.end(doubt));
        }
    }

    private long askAfterMillis() {
        return lane.adapter()
                .receipts()
                .map(ReceiptProtocol::firstAskAfterMillis)
                .orElse(-1L);
    }
}
