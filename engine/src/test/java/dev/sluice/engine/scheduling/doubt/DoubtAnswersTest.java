package dev.sluice.engine.scheduling.doubt;

import static dev.sluice.engine.scheduling.doubt.DoubtfulCalls.LI;
import static dev.sluice.engine.scheduling.doubt.DoubtfulCalls.ZHANG;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.model.CallState;
import dev.sluice.engine.model.DeliveryState;
import dev.sluice.engine.model.Disposition;
import dev.sluice.engine.model.Purpose;
import dev.sluice.engine.recovery.DoubtfulCall;
import dev.sluice.engine.scheduling.doubt.ResendVerdict.Again;
import dev.sluice.engine.sending.OutcomePolicy.Charge;
import dev.sluice.engine.settling.CallAnswer;
import dev.sluice.engine.settling.DeliveryChange;
import java.util.List;
import org.junit.jupiter.api.Test;

class DoubtAnswersTest {
    private static final DoubtfulCall UNKNOWN = DoubtfulCalls.unknown(9);
    private static final DoubtfulCall OPEN = DoubtfulCalls.of(9, Purpose.SEND, CallState.OPEN, List.of(ZHANG, LI));

    @Test
    void anOpenCallBecomesUnknownAndStaysReserved() {
        CallAnswer answer = DoubtAnswers.unknown(OPEN);
        assertThat(answer.callId()).isEqualTo(9);
        assertThat(answer.from()).isEqualTo(CallState.OPEN);
        assertThat(answer.state()).isEqualTo(CallState.UNKNOWN);
        assertThat(answer.charge()).isEqualTo(Charge.RESERVED);
    }

    @Test
    void aResolvedCallIsChargedFromWhereverItStood() {
        assertThat(DoubtAnswers.resolved(OPEN).from()).isEqualTo(CallState.OPEN);
        assertThat(DoubtAnswers.resolved(UNKNOWN).from()).isEqualTo(CallState.UNKNOWN);
        assertThat(List.of(DoubtAnswers.resolved(OPEN), DoubtAnswers.resolved(UNKNOWN)))
                .allSatisfy(answer -> {
                    assertThat(answer.state()).isEqualTo(CallState.RESOLVED);
                    assertThat(answer.charge()).isEqualTo(Charge.SPENT);
                });
    }

    @Test
    void aCallThatNobodyKnowsHereIsResolvedLikeOneInDoubt() {
        assertThat(DoubtAnswers.resolved(DoubtfulCalls.TENANT, 9)).isEqualTo(DoubtAnswers.resolved(UNKNOWN));
    }

    @Test
    void aResendHasItsOwnAnswer() {
        CallAnswer resent = DoubtAnswers.resent(UNKNOWN, 10, "task-1", 500);
        assertThat(resent.callId()).isEqualTo(10);
        assertThat(resent.from()).isEqualTo(CallState.OPEN);
        assertThat(resent.state()).isEqualTo(CallState.ACCEPTED);
        assertThat(resent.platformRef()).isEqualTo("task-1");
        assertThat(resent.receiptAfterMillis()).isEqualTo(500);
    }

    @Test
    void aResendThatCameToNothingIsNeverAskedAbout() {
        CallAnswer failed = DoubtAnswers.resendFailed(
                UNKNOWN, 10, new Again(CallState.NOT_SENT, Charge.RELEASED, false, 2_000, "refused connection"));
        assertThat(failed.callId()).isEqualTo(10);
        assertThat(failed.state()).isEqualTo(CallState.NOT_SENT);
        assertThat(failed.charge()).isEqualTo(Charge.RELEASED);
        assertThat(failed.code().text()).isEqualTo("refused connection");
        assertThat(failed.receiptAfterMillis()).isNegative();
    }

    @Test
    void everybodyInTheCallMovesFencedByThatCall() {
        List<DeliveryChange> changes = DoubtAnswers.putInDoubt(OPEN);
        assertThat(changes).extracting(DeliveryChange::key).containsExactly(ZHANG.key(), LI.key());
        assertThat(changes).allSatisfy(change -> {
            assertThat(change.from()).isEqualTo(DeliveryState.WAITING);
            assertThat(change.to()).isEqualTo(DeliveryState.IN_DOUBT);
            assertThat(change.disposition()).isEqualTo(Disposition.NO_ANSWER);
            assertThat(change.callId()).isEqualTo(9);
            assertThat(change.fenceCallId()).isEqualTo(9);
        });
        assertThat(DoubtAnswers.waitAgain(UNKNOWN)).allSatisfy(change -> {
            assertThat(change.from()).isEqualTo(DeliveryState.IN_DOUBT);
            assertThat(change.to()).isEqualTo(DeliveryState.WAITING);
        });
    }

    @Test
    void whomTheResendConfirmsNamesTheResendAndIsFencedByTheFirstCall() {
        assertThat(DoubtAnswers.confirmedByResend(UNKNOWN, 10)).hasSize(2).allSatisfy(change -> {
            assertThat(change.to()).isEqualTo(DeliveryState.SENT);
            assertThat(change.disposition()).isEqualTo(Disposition.CONFIRMED_BY_RESEND);
            assertThat(change.callId()).isEqualTo(10);
            assertThat(change.fenceCallId()).isEqualTo(9);
        });
    }
}
