package dev.sluice.engine.scheduling;

import dev.sluice.engine.channel.CallOutcome;
import dev.sluice.engine.channel.CallPlan;
import dev.sluice.engine.channel.DoubtRule;
import dev.sluice.engine.channel.ReceiptProtocol;
import dev.sluice.engine.model.CallState;
import dev.sluice.engine.model.DeliveryKey;
import dev.sluice.engine.model.DeliveryState;
import dev.sluice.engine.model.Disposition;
import dev.sluice.engine.model.PlatformCode;
import dev.sluice.engine.quota.SlotPermit;
import dev.sluice.engine.recovery.CrashPoint;
import dev.sluice.engine.recovery.DoubtPolicy;
import dev.sluice.engine.recovery.DoubtfulCall;
import dev.sluice.engine.sending.OutcomePolicy.Charge;
import dev.sluice.engine.settling.CallAnswer;
import dev.sluice.engine.settling.CallIntent;
import dev.sluice.engine.settling.CallIntent.Purpose;
import dev.sluice.engine.settling.DeliveryChange;
import dev.sluice.engine.settling.Settlement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The doubtful calls of a lane and how their doubt ends: by a byte-identical resend that the platform recognises, by evidence, or in the hands of a person.
 * Nothing is done before the doubtful request surely is over. Confined to the lane's event loop.
 */
final class LaneDoubts {
    private static final Logger log = LoggerFactory.getLogger(LaneDoubts.class);
    private static final long TROUBLE_MILLIS = 2_000;
    /** How often a doubt asks whether its lane may send again. */
    private static final long HELD_MILLIS = 1_000;

    /** Doubts that are written or resent at once; the others wait their turn. Half takes a dead node's calls over half as fast, double fills the settler's queue. */
    private static final int MOST_AT_ONCE = 64;
    /** Resends among them: they take slots from those who were never sent to. */
    private static final int MOST_RESENDS_AT_ONCE = 4;

    private static final class Doubt {
        final DoubtfulCall call;
        int resends;
        long dueAtMillis;
        boolean busy;
        boolean resending;
        /** Resent and accepted; the query of that resend will say the rest. */
        boolean awaitsReceipt;

        Doubt(DoubtfulCall call, long dueAtMillis) {
            this.call = call;
            this.dueAtMillis = dueAtMillis;
        }
    }

    private final LanePorts ports;
    private final Lane lane;
    private final SideCall sideCall;
    private final Map<Long, Doubt> doubts = new TreeMap<>();

    LaneDoubts(LanePorts ports, Lane lane) {
        this.ports = ports;
        this.lane = lane;
        this.sideCall = new SideCall(ports);
    }

    /** A call of this lane got no answer; its deliveries are in doubt in the database. */
    void add(long callId, List<Pending> batch, long nowMillis) {
        List<DoubtfulCall.Traveller> travellers = batch.stream()
                .map(one -> new DoubtfulCall.Traveller(one.key(), one.recipient(), one.attempts() + 1))
                .toList();
        DoubtfulCall call = new DoubtfulCall(
                lane.channel().tenantId(),
                callId,
                lane.channel().id(),
                Purpose.SEND,
                CallState.UNKNOWN,
                lane.epoch(),
                0,
                nowMillis,
                travellers,
                batch.get(0).work().spec().content());
        doubts.put(callId, new Doubt(call, nowMillis + graceMillis()));
    }

    /** What an earlier owner of the app left behind. A call of this epoch is ours and in flight. */
    void adopt(DoubtfulCall call, long nowMillis) {
        if (!doubts.containsKey(call.callId())) {
            doubts.put(call.callId(), new Doubt(call, nowMillis + Math.max(0, graceMillis() - call.ageMillis())));
            call.travellers().forEach(one -> lane.travelling.add(one.key()));
        }
    }

    /** The doubtful calls that this lane takes care of. */
    Set<Long> callIds() {
        return doubts.keySet();
    }

    /** Does what is due. */
    void tick() {
        long nowMillis = ports.clock().millis();
        long busy = doubts.values().stream().filter(doubt -> doubt.busy).count();
        for (Doubt doubt : List.copyOf(doubts.values())) {
            if (!doubt.busy && !doubt.awaitsReceipt && doubt.dueAtMillis <= nowMillis && busy < MOST_AT_ONCE) {
                busy++;
                doubt.busy = true;
                step(doubt, nowMillis);
            }
        }
    }

    /** How long a request may still be on its way after its intent. */
    private long graceMillis() {
        return ports.settings().timing().arrivedMillis();
    }

    private void step(Doubt doubt, long nowMillis) {
        DoubtfulCall call = doubt.call;
        if (call.purpose() != Purpose.SEND) {
            // A dead node's resend or query: the call that it was about stands in doubt, or due for a receipt, by
            // itself.
            settle(resolved(call), List.of(), () -> end(doubt));
        } else if (call.state() == CallState.OPEN) {
            standInDoubt(doubt);
        } else {
            decide(doubt, nowMillis);
        }
    }

    private void standInDoubt(Doubt doubt) {
        DoubtfulCall call = doubt.call;
        CallAnswer answer = new CallAnswer(
                call.tenantId(),
                call.callId(),
                CallState.OPEN,
                CallState.UNKNOWN,
                Charge.RESERVED,
                "",
                new PlatformCode("", "the node that made the call did not record an answer"),
                -1);
        List<DeliveryChange> changes =
                changes(call, DeliveryState.WAITING, DeliveryState.IN_DOUBT, Disposition.NO_ANSWER, call.callId());
        // Its owner may have recorded an answer after all, so what is true now is read again.
        settle(List.of(answer), changes, () -> {
            end(doubt);
            lane.readUnresolved();
        });
    }

    private void decide(Doubt doubt, long nowMillis) {
        DoubtfulCall call = doubt.call;
        int attempts = call.travellers().stream()
                .mapToInt(DoubtfulCall.Traveller::attempts)
                .max()
                .orElse(0);
        switch (DoubtPolicy.next(
                lane.adapter().doubt(),
                lane.channel().onDoubt(),
                Instant.ofEpochMilli(call.intentAtMillis()),
                doubt.resends,
                attempts,
                Instant.ofEpochMilli(nowMillis))) {
            case HOLD -> settle(resolved(call), List.of(), () -> end(doubt));
            case RETRY ->
                settle(
                        resolved(call),
                        changes(call, DeliveryState.IN_DOUBT, DeliveryState.WAITING, null, call.callId()),
                        () -> {
                            end(doubt);
                            lane.feeder().reopen(submissions(call));
                        });
            case RESEND -> {
                if (call.travellers().isEmpty()) {
                    settle(resolved(call), List.of(), () -> end(doubt));
                } else if (resending() >= MOST_RESENDS_AT_ONCE) {
                    later(doubt, 0);
                } else if (lane.mayResend()) {
                    lane.circuit.started();
                    doubt.resending = true;
                    resend(doubt);
                } else {
                    later(doubt, HELD_MILLIS);
                }
            }
        }
    }

    private long resending() {
        return doubts.values().stream().filter(doubt -> doubt.resending).count();
    }

    private static Set<Long> submissions(DoubtfulCall call) {
        return call.travellers().stream().map(one -> one.key().submissionId()).collect(Collectors.toSet());
    }

    private void resend(Doubt doubt) {
        ports.crashes().reached(CrashPoint.RESEND_BEFORE_INTENT);
        DoubtfulCall call = doubt.call;
        long resendId = ports.ids().next();
        List<DeliveryKey> keys =
                call.travellers().stream().map(DoubtfulCall.Traveller::key).toList();
        CallIntent intent = CallIntents.resend(
                lane, resendId, call.callId(), keys, ports.clock().platformMonth());
        CallPlan plan = new CallPlan(
                resendId,
                Long.toString(call.callId(), 36),
                lane.channel(),
                call.content(),
                lane.adapter().hasRecipients()
                        ? call.travellers().stream()
                                .map(DoubtfulCall.Traveller::recipient)
                                .toList()
                        : List.of());
        sideCall.run(
                        lane.adapter().gates(lane.channel()).slots(),
                        keys.size(),
                        intent,
                        permit -> ports.sender().send(plan, permit))
                .onComplete(left -> {
                    switch (left.result()) {
                        case SideCall.Left.No<CallOutcome> no -> {
                            lane.circuit.abandoned();
                            later(doubt, no.waitMillis());
                        }
                        case SideCall.Left.Yes<CallOutcome> yes -> {
                            Conclusion.noteHealth(
                                    lane, yes.result(), ports.clock().nanoTime());
                            resent(doubt, resendId, yes.permit(), yes.result());
                        }
                    }
                });
    }

    private void resent(Doubt doubt, long resendId, Optional<SlotPermit> permit, CallOutcome outcome) {
        DoubtfulCall call = doubt.call;
        switch (outcome) {
            case CallOutcome.Accepted accepted -> {
                permit.ifPresent(
                        one -> ports.slots().settle(one, call.travellers().size()));
                accepted(doubt, resendId, accepted);
            }
            case CallOutcome.Unknown unknown -> {
                // No slots are settled: it may still arrive. The doubt is about the same people, so the first call goes
                // on standing for it.
                doubt.resends++;
                settle(
                        List.of(answer(call, resendId, CallState.RESOLVED, Charge.SPENT, "", -1, unknown.reason())),
                        List.of(),
                        () -> later(doubt, graceMillis()));
            }
            case CallOutcome.NotSent notSent -> {
                permit.ifPresent(ports.slots()::release);
                settle(
                        List.of(answer(call, resendId, CallState.NOT_SENT, Charge.RELEASED, "", -1, notSent.reason())),
                        List.of(),
                        () -> later(doubt, TROUBLE_MILLIS));
            }
            case CallOutcome.Throttled throttled ->
                refused(doubt, resendId, permit, CallState.THROTTLED, throttled.waitMillis());
            case CallOutcome.BudgetSpent spent -> refused(doubt, resendId, permit, CallState.BUDGET_SPENT, 60_000);
            case CallOutcome.TokenRejected rejected ->
                refused(doubt, resendId, permit, CallState.UNAUTHORISED, TROUBLE_MILLIS);
            case CallOutcome.Unauthorised unauthorised ->
                refused(doubt, resendId, permit, CallState.UNAUTHORISED, 60_000);
            case CallOutcome.ContentRefused content -> refused(doubt, resendId, permit, CallState.REFUSED, 60_000);
            case CallOutcome.RecipientsRefused people -> refused(doubt, resendId, permit, CallState.REFUSED, 60_000);
            case CallOutcome.Temporary temporary ->
                refused(doubt, resendId, permit, CallState.TEMPORARY, TROUBLE_MILLIS);
        }
    }

    /** The resend itself was refused: that says nothing about the first call. It counts, so that it does not go on for ever. */
    private void refused(Doubt doubt, long resendId, Optional<SlotPermit> permit, CallState state, long waitMillis) {
        permit.ifPresent(
                one -> ports.slots().settle(one, doubt.call.travellers().size()));
        boolean throttled = state == CallState.THROTTLED || state == CallState.BUDGET_SPENT;
        if (!throttled) {
            doubt.resends++;
        }
        Charge charge = throttled || !ports.outcomes().meteredOnError() ? Charge.RELEASED : Charge.SPENT;
        settle(
                List.of(answer(doubt.call, resendId, state, charge, "", -1, "")),
                List.of(),
                () -> later(doubt, waitMillis));
    }

    private void accepted(Doubt doubt, long resendId, CallOutcome.Accepted accepted) {
        DoubtfulCall call = doubt.call;
        boolean query = lane.adapter().doubt() == DoubtRule.RESEND_AND_QUERY;
        long askAfterMillis = query
                ? lane.adapter()
                        .receipts()
                        .map(ReceiptProtocol::firstAskAfterMillis)
                        .orElse(-1L)
                : -1;
        CallAnswer resent =
                answer(call, resendId, CallState.ACCEPTED, Charge.SPENT, accepted.platformRef(), askAfterMillis, "");
        if (query) {
            settle(List.of(resent), List.of(), () -> {
                later(doubt, 0);
                doubt.awaitsReceipt = true;
            });
            return;
        }
        List<CallAnswer> answers = new ArrayList<>(resolved(call));
        answers.add(resent);
        settle(
                answers,
                changes(call, DeliveryState.IN_DOUBT, DeliveryState.SENT, Disposition.CONFIRMED_BY_RESEND, resendId),
                () -> end(doubt));
    }

    /** The query of an accepted resend said who has it: the doubt is over, and this resolves its call. */
    List<CallAnswer> resolvedByReceipt(long doubtfulCallId) {
        Doubt doubt = doubts.get(doubtfulCallId);
        return doubt == null ? List.of(resolve(lane.channel().tenantId(), doubtfulCallId)) : resolved(doubt.call);
    }

    /** That is durable now. */
    void forget(long doubtfulCallId) {
        Doubt doubt = doubts.get(doubtfulCallId);
        if (doubt != null) {
            end(doubt);
        }
    }

    /** A query will not say it: the next step is the policy's. */
    void noReceipt(long doubtfulCallId) {
        Doubt doubt = doubts.get(doubtfulCallId);
        if (doubt != null) {
            doubt.awaitsReceipt = false;
            doubt.resends++;
        }
    }

    private List<CallAnswer> resolved(DoubtfulCall call) {
        CallAnswer answer = resolve(call.tenantId(), call.callId());
        return call.state() == CallState.OPEN
                ? List.of(new CallAnswer(
                        call.tenantId(),
                        call.callId(),
                        CallState.OPEN,
                        CallState.RESOLVED,
                        Charge.SPENT,
                        "",
                        PlatformCode.NONE,
                        -1))
                : List.of(answer);
    }

    /** An unknown call that ends is charged: it may have reached the platform. */
    private static CallAnswer resolve(long tenantId, long callId) {
        return new CallAnswer(
                tenantId, callId, CallState.UNKNOWN, CallState.RESOLVED, Charge.SPENT, "", PlatformCode.NONE, -1);
    }

    private static CallAnswer answer(
            DoubtfulCall call,
            long resendId,
            CallState state,
            Charge charge,
            String ref,
            long askAfterMillis,
            String text) {
        return new CallAnswer(
                call.tenantId(),
                resendId,
                CallState.OPEN,
                state,
                charge,
                ref,
                new PlatformCode("", text),
                askAfterMillis);
    }

    private static List<DeliveryChange> changes(
            DoubtfulCall call, DeliveryState from, DeliveryState to, Disposition disposition, long causeCallId) {
        return call.travellers().stream()
                .map(one -> new DeliveryChange(
                        call.tenantId(), one.key(), from, to, disposition, causeCallId, call.callId(), 0))
                .toList();
    }

    private void settle(List<CallAnswer> answers, List<DeliveryChange> changes, Runnable then) {
        ports.settler()
                .settle(new Settlement(lane.channel().app().id(), lane.epoch(), answers, changes, List.of()))
                .onSuccess(done -> {
                    then.run();
                    tick();
                    lane.pump();
                });
    }

    private void later(Doubt doubt, long waitMillis) {
        doubt.busy = false;
        doubt.resending = false;
        doubt.dueAtMillis = ports.clock().millis() + waitMillis;
    }

    private void end(Doubt doubt) {
        doubts.remove(doubt.call.callId());
        doubt.call.travellers().forEach(one -> lane.travelling.remove(one.key()));
        log.debug("Call {} is in doubt no more", doubt.call.callId());
    }
}
