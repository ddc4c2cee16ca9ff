package dev.sluice.engine.scheduling;

import dev.sluice.engine.channel.CallOutcome;
import dev.sluice.engine.channel.ReceiptProtocol;
import dev.sluice.engine.directory.ChannelEntry;
import dev.sluice.engine.model.CallState;
import dev.sluice.engine.model.DeliveryState;
import dev.sluice.engine.model.Disposition;
import dev.sluice.engine.model.PriorityClass;
import dev.sluice.engine.scheduling.LaneHolds.Hold;
import dev.sluice.engine.sending.CallFence;
import dev.sluice.engine.sending.LaneEffect;
import dev.sluice.engine.sending.OutcomePolicy;
import dev.sluice.engine.sending.OutcomePolicy.Consequence;
import dev.sluice.engine.sending.TokenAnswer;
import dev.sluice.engine.sending.Verdict;
import dev.sluice.engine.settling.CallAnswer;
import dev.sluice.engine.settling.DeliveryChange;
import dev.sluice.engine.settling.Settlement;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns what a call came to into durable rows first, then into the lane's memory, then into effects beyond the call. Confined to the lane's event loop. */
final class Conclusion {
    private static final Logger log = LoggerFactory.getLogger(Conclusion.class);
    /** Fresh tokens refused in a row until the channel pauses: one may be an unlucky rotation, three are a wrong secret. */
    private static final int MOST_TOKEN_REJECTIONS = 3;

    private final LanePorts ports;

    Conclusion(LanePorts ports) {
        this.ports = ports;
    }

    /** Completes when the outcome is durable and the lane knows it. */
    Future<Void> conclude(Flight flight, long callId, CallOutcome outcome, Consequence policy) {
        Consequence consequence = endingTheRefused(flight, policy);
        Lane lane = flight.lane();
        ChannelEntry channel = lane.channel();
        noteHealth(lane, outcome, ports.clock().nanoTime());
        List<DeliveryChange> changes = new ArrayList<>();
        for (int i = 0; i < flight.batch().size(); i++) {
            Pending pending = flight.batch().get(i);
            switch (consequence.verdicts().get(i)) {
                case Verdict.End end -> changes.add(end(pending, end.state(), end.disposition(), callId));
                case Verdict.Retry retry -> changes.add(retry(pending, retry.delayMillis(), callId));
                case Verdict.Again again -> {}
            }
        }
        CallAnswer answer = new CallAnswer(
                channel.tenantId(),
                callId,
                CallState.OPEN,
                consequence.state(),
                consequence.charge(),
                consequence.platformRef(),
                consequence.code(),
                receiptAfterMillis(lane, callId, consequence));
        List<Settlement.Progress> progress = progress(flight.batch());
        return ports.settler()
                .settle(new Settlement(channel.app().id(), lane.epoch(), List.of(answer), changes, progress))
                .compose(ended -> ended ? unmarkThoseNotSent(flight, consequence) : endedBefore(callId))
                .onSuccess(done -> {
                    written(flight.batch(), progress);
                    remember(flight, consequence);
                    effect(lane, flight, consequence.effect());
                    if (consequence.state() == CallState.ACCEPTED) {
                        lane.trials.passed(Dispatch.contentHash(flight.batch()));
                    } else if (consequence.state() == CallState.UNKNOWN) {
                        lane.doubts().add(callId, flight.batch(), ports.clock().millis());
                    }
                });
    }

    /** Whoever comes back to a content that was refused meanwhile ends with it. */
    private static Consequence endingTheRefused(Flight flight, Consequence policy) {
        List<Verdict> verdicts = new ArrayList<>(policy.verdicts());
        for (int i = 0; i < verdicts.size(); i++) {
            Disposition refused = flight.batch().get(i).work().refused;
            if (refused != null && !(verdicts.get(i) instanceof Verdict.End)) {
                verdicts.set(i, new Verdict.End(DeliveryState.FAILED, refused));
            }
        }
        return new Consequence(
                policy.state(), policy.charge(), policy.platformRef(), policy.code(), verdicts, policy.effect());
    }

    /** Somebody else decided about its deliveries, so that their marks are not ours to take back. */
    private static Future<Void> endedBefore(long callId) {
        log.warn("Call {} had ended before its outcome was written here: what is known of it here is void", callId);
        return Future.succeededFuture();
    }

    /** What an outcome says about the other side's health. */
    static void noteHealth(Lane lane, CallOutcome outcome, long nowNanos) {
        switch (outcome) {
            case CallOutcome.Temporary temporary -> lane.circuit.failed(nowNanos);
            case CallOutcome.Unknown unknown -> lane.circuit.failed(nowNanos);
            case CallOutcome.NotSent notSent -> {
                if (CallFence.heldBack(notSent)) {
                    lane.circuit.abandoned();
                } else {
                    lane.circuit.failed(nowNanos);
                }
            }
            case CallOutcome.Accepted accepted -> {
                lane.circuit.succeeded();
                lane.tokenRejectionsInRow = 0;
            }
            case CallOutcome.Throttled throttled -> lane.circuit.succeeded();
            case CallOutcome.BudgetSpent spent -> lane.circuit.succeeded();
            case CallOutcome.TokenRejected rejected -> lane.circuit.succeeded();
            case CallOutcome.Unauthorised unauthorised -> lane.circuit.succeeded();
            case CallOutcome.ContentRefused refused -> lane.circuit.succeeded();
            case CallOutcome.RecipientsRefused refused -> lane.circuit.succeeded();
        }
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
                case Verdict.End end -> {
                    ports.meters().settled(end.state(), 1);
                    lane.queue.settled(pending);
                }
                case Verdict.Retry retry -> {
                    pending.attempts++;
                    lane.queue.defer(pending, nowMillis + retry.delayMillis());
                }
                case Verdict.Again again -> {
                    pending.mostCompany = Math.min(pending.mostCompany, again.mostCompany());
                    lane.queue.putBack(pending);
                }
            }
        }
    }

    /** Before they may go again, so that a late return does not take a new mark away. */
    private Future<Void> unmarkThoseNotSent(Flight flight, Consequence consequence) {
        List<Pending> notSent = new ArrayList<>();
        for (int i = 0; i < flight.batch().size(); i++) {
            boolean mayHaveIt = consequence.verdicts().get(i) instanceof Verdict.End end
                    && (end.state() == DeliveryState.SENT || end.state() == DeliveryState.IN_DOUBT);
            if (!mayHaveIt) {
                notSent.add(flight.batch().get(i));
            }
        }
        return unmark(flight.lane(), notSent);
    }

    /** Takes back the day's marks of people who provably got nothing. */
    Future<Void> unmark(Lane lane, List<Pending> people) {
        return lane.adapter()
                .gates(lane.channel())
                .people()
                .filter(rule -> !people.isEmpty())
                .map(rule -> ports.people()
                        .giveBack(rule, ports.clock().platformDay(), Dispatch.travellers(people))
                        .onFailure(cause -> log.warn(
                                "Marks of {} people were not taken back: {}", people.size(), cause.getMessage()))
                        .otherwiseEmpty())
                .orElse(Future.succeededFuture());
    }

    private void effect(Lane lane, Flight flight, LaneEffect effect) {
        switch (effect) {
            case LaneEffect.None none -> {}
            case LaneEffect.Quiet quiet -> {
                log.warn(
                        "The platform throttled channel {} ({}): {} {}",
                        lane.channel().id(),
                        quiet.scope(),
                        quiet.code().code(),
                        quiet.code().text());
                ports.meters().throttled(lane.channel().kind(), quiet.scope());
                lane.quietScope(quiet.scope(), quiet.waitMillis(), quiet.code());
            }
            case LaneEffect.MonthSpent spent -> {
                hold(
                        lane,
                        LaneHolds.MONTH,
                        "The platform says that the month is used up: "
                                + spent.code().text(),
                        ports.settings().monthHoldMillis());
                ports.trouble()
                        .monthSpent(
                                lane.channel().app().organisation(),
                                lane.adapter().pool(),
                                spent);
            }
            case LaneEffect.PauseChannel pause -> {
                hold(lane, "channel paused", pause.reason(), 10_000);
                ports.trouble().pause(lane.channel(), pause.reason());
            }
            case LaneEffect.RefreshToken refresh -> {
                if (!lane.tokenRejected(flight.grantedAtNanos())) {
                    // It travelled with a token that another call found refused meanwhile.
                    log.debug(
                            "A call of channel {} had an outdated token",
                            lane.channel().id());
                } else if (lane.tokenRejectionsInRow >= MOST_TOKEN_REJECTIONS) {
                    String reason = "The platform refuses fresh access tokens of this app: check its key and secret.";
                    hold(lane, "channel paused", reason, 10_000);
                    ports.trouble().pause(lane.channel(), reason);
                }
            }
            case LaneEffect.SuspectContent suspect -> {
                UUID content = Dispatch.contentHash(flight.batch());
                if (lane.trials.givenUp(content, flight.batch().get(0).key())) {
                    log.warn(
                            "Channel {} gives a content up that passes for nobody",
                            lane.channel().id());
                    refuseContent(lane, content, Disposition.REFUSED_OTHERWISE);
                }
            }
            case LaneEffect.RefuseContent refuse ->
                refuseContent(lane, Dispatch.contentHash(flight.batch()), refuse.disposition());
        }
    }

    /** Nobody else is tried. */
    private static void refuseContent(Lane lane, UUID content, Disposition why) {
        List.copyOf(lane.queue.works()).stream()
                .filter(work -> work.spec().contentHash().equals(content))
                .forEach(work -> {
                    work.refused = why;
                    lane.feeder().retire(work, DeliveryState.FAILED, why);
                });
    }

    /** No token: wrong credentials pause the channel, trouble on the way waits. */
    void noToken(Lane lane, TokenAnswer answer) {
        switch (answer) {
            case TokenAnswer.Token token -> {}
            case TokenAnswer.Refused refused -> {
                String reason = OutcomePolicy.pauseReason(refused.outcome());
                hold(lane, "channel paused", reason, 10_000);
                ports.trouble().pause(lane.channel(), reason);
            }
            case TokenAnswer.Unavailable unavailable ->
                hold(
                        lane,
                        "access token",
                        "No access token could be had: " + unavailable.reason(),
                        Math.max(100, unavailable.waitMillis()));
        }
    }

    private void hold(Lane lane, String gate, String reason, long millis) {
        lane.holds.hold(
                PriorityClass.CRITICAL, new Hold(gate, reason, ports.clock().millis() + millis, null));
    }

    /** When to ask after an accepted call: by the channel's policy; the sample is drawn from the call's id, so that it is the same after a crash. */
    private static long receiptAfterMillis(Lane lane, long callId, Consequence consequence) {
        if (consequence.state() != CallState.ACCEPTED) {
            return -1;
        }
        boolean wanted = switch (lane.channel().receipts()) {
            case ALL -> true;
            case SAMPLE ->
                Math.floorMod(Long.hashCode(callId * 0x9E3779B97F4A7C15L), 100)
                        < lane.channel().receiptSamplePercent();
            case NONE -> false;
        };
        return wanted
                ? lane.adapter()
                        .receipts()
                        .map(ReceiptProtocol::firstAskAfterMillis)
                        .orElse(-1L)
                : -1;
    }

    static DeliveryChange end(Pending pending, DeliveryState state, Disposition disposition, long callId) {
        return new DeliveryChange(
                pending.work().spec().tenantId(),
                pending.key(),
                DeliveryState.WAITING,
                state,
                disposition,
                callId,
                callId,
                0);
    }

    private static DeliveryChange retry(Pending pending, long delayMillis, long callId) {
        return new DeliveryChange(
                pending.work().spec().tenantId(),
                pending.key(),
                DeliveryState.WAITING,
                DeliveryState.WAITING,
                null,
                callId,
                callId,
                delayMillis);
    }

    /** How far the submissions of a batch are settled, as of before it. */
    static List<Settlement.Progress> progress(List<Pending> batch) {
        Map<Long, Settlement.Progress> progress = new HashMap<>();
        for (Pending pending : batch) {
            SubmissionWork work = pending.work();
            if (work.settledBelow() > work.spec().settledBelow()) {
                progress.put(
                        work.id(),
                        new Settlement.Progress(
                                work.spec().tenantId(), work.id(), work.writtenBelow(), work.settledBelow()));
            }
        }
        return List.copyOf(progress.values());
    }

    /** That is durable now. */
    static void written(List<Pending> batch, List<Settlement.Progress> progress) {
        for (Settlement.Progress one : progress) {
            for (Pending pending : batch) {
                if (pending.work().id() == one.submissionId()) {
                    pending.work().written(one.settledBelow());
                }
            }
        }
    }
}
