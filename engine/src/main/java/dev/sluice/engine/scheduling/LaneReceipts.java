package dev.sluice.engine.scheduling;

import dev.sluice.engine.channel.CallOutcome;
import dev.sluice.engine.channel.CallOutcome.ThrottleScope;
import dev.sluice.engine.channel.ReceiptProtocol;
import dev.sluice.engine.channel.ReceiptProtocol.Dropped;
import dev.sluice.engine.channel.ReceiptProtocol.ReceiptResult;
import dev.sluice.engine.model.CallState;
import dev.sluice.engine.model.DeliveryKey;
import dev.sluice.engine.model.DeliveryState;
import dev.sluice.engine.model.Disposition;
import dev.sluice.engine.model.PlatformCode;
import dev.sluice.engine.quota.SlotPermit;
import dev.sluice.engine.receipt.DueReceipt;
import dev.sluice.engine.receipt.ReceiptStore;
import dev.sluice.engine.sending.OutcomePolicy.Charge;
import dev.sluice.engine.sending.TokenAnswer;
import dev.sluice.engine.settling.CallAnswer;
import dev.sluice.engine.settling.CallIntent;
import dev.sluice.engine.settling.CallIntent.Purpose;
import dev.sluice.engine.settling.DeliveryChange;
import dev.sluice.engine.settling.Settlement;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the platform what became of accepted calls, within the same gates and budget as everything else, and writes down what it says. A silent drop found here
 * ends as failed with its reason; nothing is shown as delivered that no receipt says. Confined to the lane's event loop.
 */
final class LaneReceipts {
    private static final Logger log = LoggerFactory.getLogger(LaneReceipts.class);
    /** Queries for one call that found it unfinished. Half gives up on slow tasks, double spends calls on tasks that never end. */
    private static final int MOST_ATTEMPTS = 6;

    private static final long ASK_AGAIN_MILLIS = 5_000;
    /** Half asks twice as often for a token that the platform refuses, double lets receipts wait that much longer once a person has mended it. */
    private static final long REFUSED_MILLIS = 60_000;

    private final LanePorts ports;
    private final ReceiptStore store;
    private final SideCall sideCall;

    LaneReceipts(LanePorts ports, ReceiptStore store) {
        this.ports = ports;
        this.store = store;
        this.sideCall = new SideCall(ports);
    }

    /** Completes when this receipt, of a lane whose platform can be asked, is settled or asked for again later. */
    Future<Void> ask(Lane lane, DueReceipt receipt) {
        ReceiptProtocol protocol = lane.adapter().receipts().orElseThrow();
        if (receipt.people().isEmpty()) {
            return over(lane, receipt);
        }
        if (tooLate(protocol, receipt)) {
            return giveUp(lane, receipt);
        }
        long waitMillis = lane.queryWaitMillis();
        if (waitMillis > 0) {
            return later(receipt, waitMillis);
        }
        return tokenWaitMillis(lane)
                .compose(tokenMillis ->
                        tokenMillis > 0 ? later(receipt, tokenMillis) : askPlatform(lane, receipt, protocol));
    }

    /** It does not count: nothing was learned and nothing was spent. */
    private Future<Void> later(DueReceipt receipt, long waitMillis) {
        return store.askLater(receipt, Math.max(ASK_AGAIN_MILLIS, waitMillis));
    }

    /** Until there may be a token to ask with; 0 for now. */
    private Future<Long> tokenWaitMillis(Lane lane) {
        if (!lane.adapter().needsToken()) {
            return Future.succeededFuture(0L);
        }
        return ports.tokens()
                .token(lane.channel().app(), lane.adapter().family())
                .map(answer -> switch (answer) {
                    case TokenAnswer.Token token -> 0L;
                    case TokenAnswer.Refused refused -> REFUSED_MILLIS;
                    case TokenAnswer.Unavailable unavailable -> Math.max(1, unavailable.waitMillis());
                });
    }

    private Future<Void> askPlatform(Lane lane, DueReceipt receipt, ReceiptProtocol protocol) {
        long queryId = ports.ids().next();
        CallIntent intent = CallIntents.query(
                lane, queryId, receipt.callId(), protocol, ports.clock().platformMonth());
        return sideCall.run(
                        protocol.gates(lane.channel()),
                        0,
                        intent,
                        granted -> ports.sender().query(lane.channel(), receipt.platformRef(), granted))
                .compose(left -> switch (left) {
                    case SideCall.Left.No<ReceiptResult> no -> store.askLater(receipt, no.waitMillis());
                    case SideCall.Left.Yes<ReceiptResult> yes ->
                        answered(lane, receipt, queryId, protocol, yes.permit(), yes.result());
                });
    }

    private static boolean tooLate(ReceiptProtocol protocol, DueReceipt receipt) {
        return receipt.attempts() >= MOST_ATTEMPTS || receipt.ageMillis() > protocol.answersForMillis();
    }

    /** Everybody in it is settled for good. */
    private Future<Void> over(Lane lane, DueReceipt receipt) {
        return store.done(receipt).onSuccess(done -> lane.doubts().forget(receipt.subjectCallId()));
    }

    private Future<Void> giveUp(Lane lane, DueReceipt receipt) {
        if (receipt.purpose() == Purpose.RESEND) {
            lane.doubts().noReceipt(receipt.subjectCallId());
        }
        return store.done(receipt);
    }

    private Future<Void> answered(
            Lane lane,
            DueReceipt receipt,
            long queryId,
            ReceiptProtocol protocol,
            Optional<SlotPermit> permit,
            ReceiptResult result) {
        return switch (result) {
            case ReceiptResult.Complete complete -> {
                permit.ifPresent(one -> ports.slots().settle(one, 0));
                yield write(
                                lane,
                                receipt,
                                query(lane, queryId, CallState.ACCEPTED, charged(protocol), unlisted(lane, complete)),
                                changes(receipt, queryId, complete))
                        .compose(ours -> ours ? over(lane, receipt) : Future.succeededFuture());
            }
            case ReceiptResult.Pending pending -> {
                permit.ifPresent(one -> ports.slots().settle(one, 0));
                yield writeQuery(lane, query(lane, queryId, CallState.ACCEPTED, charged(protocol)))
                        .compose(done -> store.askAgain(receipt, ASK_AGAIN_MILLIS << receipt.attempts()));
            }
            case ReceiptResult.Gone gone -> {
                permit.ifPresent(one -> ports.slots().settle(one, 0));
                yield writeQuery(lane, query(lane, queryId, CallState.REFUSED, charged(protocol)))
                        .compose(done -> giveUp(lane, receipt));
            }
            case ReceiptResult.Failed failed -> {
                CallAnswer answer = failedQuery(lane, queryId, permit, failed.outcome());
                yield writeQuery(lane, answer)
                        .compose(done -> saysNothing(failed.outcome())
                                ? later(receipt, lane.queryWaitMillis())
                                : store.askAgain(receipt, ASK_AGAIN_MILLIS << receipt.attempts()));
            }
        };
    }

    /** Whether the platform did not hear the question, or did not let it in: then it is none of the few that a receipt has. */
    private static boolean saysNothing(CallOutcome outcome) {
        return outcome instanceof CallOutcome.NotSent
                || outcome instanceof CallOutcome.Throttled
                || outcome instanceof CallOutcome.BudgetSpent;
    }

    private static Charge charged(ReceiptProtocol protocol) {
        return protocol.metered() ? Charge.SPENT : Charge.RELEASED;
    }

    /** A query that left without an answer is charged; its slots are left to run out. */
    private CallAnswer failedQuery(Lane lane, long queryId, Optional<SlotPermit> permit, CallOutcome outcome) {
        return switch (outcome) {
            case CallOutcome.NotSent notSent -> {
                permit.ifPresent(ports.slots()::release);
                yield query(lane, queryId, CallState.NOT_SENT, Charge.RELEASED);
            }
            case CallOutcome.Unknown unknown -> query(lane, queryId, CallState.RESOLVED, Charge.SPENT);
            case CallOutcome.Throttled throttled -> {
                permit.ifPresent(one -> ports.slots().settle(one, 0));
                throttled(lane, throttled);
                yield query(lane, queryId, CallState.THROTTLED, Charge.RELEASED);
            }
            case CallOutcome.BudgetSpent spent -> {
                permit.ifPresent(one -> ports.slots().settle(one, 0));
                lane.quietQueries(ports.settings().monthHoldMillis());
                yield query(lane, queryId, CallState.BUDGET_SPENT, Charge.RELEASED);
            }
            case CallOutcome.Accepted accepted -> answeredOtherwise(lane, queryId, permit);
            case CallOutcome.TokenRejected rejected -> answeredOtherwise(lane, queryId, permit);
            case CallOutcome.Unauthorised unauthorised -> answeredOtherwise(lane, queryId, permit);
            case CallOutcome.ContentRefused refused -> answeredOtherwise(lane, queryId, permit);
            case CallOutcome.RecipientsRefused refused -> answeredOtherwise(lane, queryId, permit);
            case CallOutcome.Temporary temporary -> answeredOtherwise(lane, queryId, permit);
        };
    }

    /** Questions have a limit of their own, so sends go on; but for that of the address, which is everybody's. */
    private void throttled(Lane lane, CallOutcome.Throttled throttled) {
        ports.meters().throttled(lane.channel().kind(), throttled.scope());
        if (throttled.scope() == ThrottleScope.EGRESS_IP) {
            lane.quietScope(throttled.scope(), throttled.waitMillis(), throttled.code());
        } else {
            lane.quietQueries(throttled.waitMillis());
        }
    }

    private CallAnswer answeredOtherwise(Lane lane, long queryId, Optional<SlotPermit> permit) {
        permit.ifPresent(one -> ports.slots().settle(one, 0));
        return query(
                lane, queryId, CallState.TEMPORARY, ports.outcomes().meteredOnError() ? Charge.SPENT : Charge.RELEASED);
    }

    private static CallAnswer query(Lane lane, long queryId, CallState state, Charge charge) {
        return query(lane, queryId, state, charge, PlatformCode.NONE);
    }

    private static CallAnswer query(Lane lane, long queryId, CallState state, Charge charge, PlatformCode said) {
        return new CallAnswer(lane.channel().tenantId(), queryId, CallState.OPEN, state, charge, "", said, -1);
    }

    /** Why people were left out for reasons that no table has, as the platform wrote them: the question keeps them, since nothing else does. */
    private static PlatformCode unlisted(Lane lane, ReceiptResult.Complete complete) {
        List<Dropped> unlisted = complete.dropped().stream()
                .filter(one -> one.disposition() == Disposition.REFUSED_OTHERWISE)
                .toList();
        if (unlisted.isEmpty()) {
            return PlatformCode.NONE;
        }
        log.warn(
                "The platform dropped {} people of channel {} for a reason that is in no table, such as {}",
                unlisted.size(),
                lane.channel().id(),
                unlisted.getFirst().code());
        return new PlatformCode(
                unlisted.getFirst().code(),
                unlisted.stream().map(one -> one.code() + " " + one.recipient()).collect(Collectors.joining(", ")));
    }

    private Future<Void> writeQuery(Lane lane, CallAnswer answer) {
        return settle(lane, List.of(answer), List.of()).mapEmpty();
    }

    /** Whether it is written: a query that another owner ended meanwhile decides about nobody, so the receipt stays due. */
    private Future<Boolean> write(Lane lane, DueReceipt receipt, CallAnswer query, List<DeliveryChange> changes) {
        Future<Boolean> written = settle(lane, List.of(query), changes);
        if (receipt.purpose() != Purpose.RESEND) {
            return written;
        }
        // In the same write, but for itself: the doubt may have ended before, which says nothing about the query.
        return settle(lane, lane.doubts().resolvedByReceipt(receipt.subjectCallId()), List.of())
                .compose(done -> written);
    }

    private Future<Boolean> settle(Lane lane, List<CallAnswer> answers, List<DeliveryChange> changes) {
        return ports.settler()
                .settle(new Settlement(lane.channel().app().id(), lane.epoch(), answers, changes, List.of()));
    }

    /**
     * Fenced by the query and not by the lease: what the platform said is good whoever owns the app by then, as long as nobody ended the query before.
     *
     * <p>For a resend, whom the platform lists under "same content" had the first call's message, and whoever has the resend's has it now: both got it once.
     */
    private static List<DeliveryChange> changes(DueReceipt receipt, long queryId, ReceiptResult.Complete complete) {
        boolean resend = receipt.purpose() == Purpose.RESEND;
        DeliveryState from = resend ? DeliveryState.IN_DOUBT : DeliveryState.SENT;
        Disposition confirmed = resend ? Disposition.CONFIRMED_BY_RESEND : null;
        List<DeliveryChange> changes = new ArrayList<>();
        for (String recipient : complete.delivered()) {
            DeliveryKey key = receipt.people().get(recipient);
            if (key != null) {
                changes.add(change(receipt, queryId, key, from, DeliveryState.DELIVERED, confirmed));
            }
        }
        for (Dropped dropped : complete.dropped()) {
            DeliveryKey key = receipt.people().get(dropped.recipient());
            if (key == null) {
                continue;
            }
            if (resend && dropped.disposition() == Disposition.DROPPED_SAME_CONTENT) {
                changes.add(change(receipt, queryId, key, from, DeliveryState.DELIVERED, confirmed));
            } else if (!resend || dropped.disposition() == Disposition.INVALID_RECIPIENT) {
                changes.add(change(receipt, queryId, key, from, DeliveryState.FAILED, dropped.disposition()));
            }
        }
        return changes;
    }

    private static DeliveryChange change(
            DueReceipt receipt,
            long queryId,
            DeliveryKey key,
            DeliveryState from,
            DeliveryState to,
            Disposition disposition) {
        return new DeliveryChange(receipt.tenantId(), key, from, to, disposition, 0, queryId, 0);
    }
}
