package dev.sluice.engine.scheduling;

import dev.sluice.engine.channel.CallOutcome;
import dev.sluice.engine.channel.CallOutcome.ThrottleScope;
import dev.sluice.engine.channel.ReceiptProtocol;
import dev.sluice.engine.channel.ReceiptProtocol.Dropped;
import dev.sluice.engine.channel.ReceiptProtocol.ReceiptResult;
import dev.sluice.engine.model.CallState;
import dev.sluice.engine.model.Disposition;
import dev.sluice.engine.model.PlatformCode;
import dev.sluice.engine.model.Purpose;
import dev.sluice.engine.quota.SlotPermit;
import dev.sluice.engine.receipt.DueReceipt;
import dev.sluice.engine.receipt.ReceiptStore;
import dev.sluice.engine.sending.TokenAnswer;
import dev.sluice.engine.settling.CallAnswer;
import dev.sluice.engine.settling.CallIntent;
import dev.sluice.engine.settling.DeliveryChange;
import io.vertx.core.Future;
import java.util.List;
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
                        lane,
                        protocol.gates(lane.channel()),
                        0,
                        intent,
                        granted -> ports.sender().query(lane.channel(), receipt.platformRef(), granted))
                .compose(left -> switch (left) {
                    case SideCall.Left.No<ReceiptResult> no -> store.askLater(receipt, no.waitMillis());
                    case SideCall.Left.Yes<ReceiptResult> yes -> answered(lane, receipt, queryId, protocol, yes);
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
            SideCall.Left.Yes<ReceiptResult> query) {
        query.permit().ifPresent(permit -> settleSlots(lane, permit, query.result()));
        QueryEnd end =
                QueryEnd.of(query.result(), protocol.metered(), ports.outcomes().meteredOnError());
        return switch (query.result()) {
            case ReceiptResult.Complete complete ->
                write(
                                lane,
                                receipt,
                                query(lane, queryId, end, unlisted(lane, complete)),
                                ReceiptChanges.of(receipt, queryId, complete))
                        .compose(ours -> ours ? over(lane, receipt) : Future.succeededFuture());
            case ReceiptResult.Pending pending -> writeQuery(lane, queryId, end).compose(done -> askAgain(receipt));
            case ReceiptResult.Gone gone -> writeQuery(lane, queryId, end).compose(done -> giveUp(lane, receipt));
            case ReceiptResult.Failed failed -> {
                quiet(lane, failed.outcome());
                yield writeQuery(lane, queryId, end)
                        .compose(done -> end.counts() ? askAgain(receipt) : later(receipt, lane.queryWaitMillis()));
            }
        };
    }

    private static void settleSlots(Lane lane, SlotPermit permit, ReceiptResult result) {
        if (result instanceof ReceiptResult.Failed failed) {
            lane.calls().ended(permit, failed.outcome(), 0);
        } else {
            lane.calls().answered(permit, 0);
        }
    }

    /** Each time after twice as long. */
    private Future<Void> askAgain(DueReceipt receipt) {
        return store.askAgain(receipt, ASK_AGAIN_MILLIS << receipt.attempts());
    }

    /** For how long nothing more is asked. Queries have a limit of their own, so sends go on; but for that of the address, which is everybody's. */
    private void quiet(Lane lane, CallOutcome outcome) {
        if (outcome instanceof CallOutcome.BudgetSpent) {
            lane.quietQueries(ports.settings().monthHoldMillis());
        } else if (outcome instanceof CallOutcome.Throttled throttled) {
            if (throttled.scope() == ThrottleScope.EGRESS_IP) {
                lane.throttled(throttled.scope(), throttled.waitMillis(), throttled.code());
            } else {
                ports.meters().throttled(lane.channel().kind(), throttled.scope());
                lane.quietQueries(throttled.waitMillis());
            }
        }
    }

    private static CallAnswer query(Lane lane, long queryId, QueryEnd end, PlatformCode said) {
        return new CallAnswer(
                lane.channel().tenantId(), queryId, CallState.OPEN, end.state(), end.charge(), "", said, -1);
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

    private static Future<Void> writeQuery(Lane lane, long queryId, QueryEnd end) {
        return lane.settle(List.of(query(lane, queryId, end, PlatformCode.NONE)), List.of(), List.of())
                .mapEmpty();
    }

    /** Whether it is written: a query that another owner ended meanwhile decides about nobody, so the receipt stays due. */
    private static Future<Boolean> write(
            Lane lane, DueReceipt receipt, CallAnswer query, List<DeliveryChange> changes) {
        Future<Boolean> written = lane.settle(List.of(query), changes, List.of());
        if (receipt.purpose() != Purpose.RESEND) {
            return written;
        }
        // In the same write, but for itself: the doubt may have ended before, which says nothing about the query.
        return lane.settle(lane.doubts().resolvedByReceipt(receipt.subjectCallId()), List.of(), List.of())
                .compose(done -> written);
    }
}
