package dev.sluice.engine.scheduling.doubt;

import dev.sluice.engine.model.CallState;
import dev.sluice.engine.model.DeliveryState;
import dev.sluice.engine.model.Disposition;
import dev.sluice.engine.model.PlatformCode;
import dev.sluice.engine.recovery.DoubtfulCall;
import dev.sluice.engine.sending.OutcomePolicy.Charge;
import dev.sluice.engine.settling.CallAnswer;
import dev.sluice.engine.settling.DeliveryChange;
import java.util.List;

/** What is recorded about doubtful calls, their resends and the people in them. Pure. */
public final class DoubtAnswers {
    private DoubtAnswers() {}

    /** The owner of an open call died: what it did is unknown. */
    public static CallAnswer unknown(DoubtfulCall call) {
        return new CallAnswer(
                call.tenantId(),
                call.callId(),
                CallState.OPEN,
                CallState.UNKNOWN,
                Charge.RESERVED,
                "",
                new PlatformCode("", "the node that made the call did not record an answer"),
                -1);
    }

    /** The doubt is over. The call is charged: it may have reached the platform. */
    public static CallAnswer resolved(DoubtfulCall call) {
        return resolved(
                call.tenantId(), call.callId(), call.state() == CallState.OPEN ? CallState.OPEN : CallState.UNKNOWN);
    }

    /** The same for a call that stands in doubt in the database and is not known here. */
    public static CallAnswer resolved(long tenantId, long callId) {
        return resolved(tenantId, callId, CallState.UNKNOWN);
    }

    private static CallAnswer resolved(long tenantId, long callId, CallState from) {
        return new CallAnswer(tenantId, callId, from, CallState.RESOLVED, Charge.SPENT, "", PlatformCode.NONE, -1);
    }

    /** The platform took a resend; negative for no query of it. */
    public static CallAnswer resent(DoubtfulCall call, long resendId, String platformRef, long askAfterMillis) {
        return ended(call, resendId, CallState.ACCEPTED, Charge.SPENT, platformRef, askAfterMillis, "");
    }

    /** A resend came to nothing. */
    public static CallAnswer resendFailed(DoubtfulCall call, long resendId, ResendVerdict.Again verdict) {
        return ended(call, resendId, verdict.state(), verdict.charge(), "", -1, verdict.reason());
    }

    private static CallAnswer ended(
            DoubtfulCall call,
            long resendId,
            CallState state,
            Charge charge,
            String platformRef,
            long askAfterMillis,
            String text) {
        return new CallAnswer(
                call.tenantId(),
                resendId,
                CallState.OPEN,
                state,
                charge,
                platformRef,
                new PlatformCode("", text),
                askAfterMillis);
    }

    /** Everybody in an open call is in doubt. */
    public static List<DeliveryChange> putInDoubt(DoubtfulCall call) {
        return changes(call, DeliveryState.WAITING, DeliveryState.IN_DOUBT, Disposition.NO_ANSWER, call.callId());
    }

    /** Everybody waits again. That the call was an attempt was counted when it put them in doubt. */
    public static List<DeliveryChange> waitAgain(DoubtfulCall call) {
        return changes(call, DeliveryState.IN_DOUBT, DeliveryState.WAITING, null, 0);
    }

    /** Everybody has it: from the first call, or from the resend that the platform recognised. */
    public static List<DeliveryChange> confirmedByResend(DoubtfulCall call, long resendId) {
        return changes(call, DeliveryState.IN_DOUBT, DeliveryState.SENT, Disposition.CONFIRMED_BY_RESEND, resendId);
    }

    private static List<DeliveryChange> changes(
            DoubtfulCall call, DeliveryState from, DeliveryState to, Disposition disposition, long causeCallId) {
        return call.travellers().stream()
                .map(one -> new DeliveryChange(
                        call.tenantId(), one.key(), from, to, disposition, causeCallId, call.callId(), 0))
                .toList();
    }
}
