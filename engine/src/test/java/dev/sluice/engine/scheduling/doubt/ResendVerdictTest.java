package dev.sluice.engine.scheduling.doubt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.channel.CallOutcome;
import dev.sluice.engine.channel.CallOutcome.ThrottleScope;
import dev.sluice.engine.model.CallState;
import dev.sluice.engine.model.Disposition;
import dev.sluice.engine.model.PlatformCode;
import dev.sluice.engine.scheduling.doubt.ResendVerdict.Again;
import dev.sluice.engine.scheduling.doubt.ResendVerdict.Taken;
import dev.sluice.engine.sending.OutcomePolicy.Charge;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ResendVerdictTest {
    private static final PlatformCode CODE = new PlatformCode("c", "t");
    private static final long ARRIVED_MILLIS = 12_345;

    @Test
    void whatThePlatformTookIsAskedForByItsReference() {
        assertThat(ResendVerdict.of(new CallOutcome.Accepted("task-1", List.of()), true, ARRIVED_MILLIS))
                .isEqualTo(new Taken("task-1"));
    }

    @Test
    void aSilentResendIsChargedAndCountsAndMustBeOverBeforeTheNext() {
        assertThat(again(new CallOutcome.Unknown("reset"), true))
                .isEqualTo(new Again(CallState.RESOLVED, Charge.SPENT, true, ARRIVED_MILLIS, "reset"));
    }

    @Test
    void whatNeverLeftCostsNothingAndDoesNotCount() {
        Again verdict = again(new CallOutcome.NotSent("no route"), true);
        assertThat(verdict.state()).isEqualTo(CallState.NOT_SENT);
        assertThat(verdict.charge()).isEqualTo(Charge.RELEASED);
        assertThat(verdict.counts()).isFalse();
        assertThat(verdict.reason()).isEqualTo("no route");
    }

    @Test
    void aThrottleWaitsAsLongAsItSaysCostsNothingAndDoesNotCount() {
        assertThat(again(new CallOutcome.Throttled(ThrottleScope.PLATFORM, 777, CODE), true))
                .isEqualTo(new Again(CallState.THROTTLED, Charge.RELEASED, false, 777, ""));
    }

    @Test
    void aSpentMonthCostsNothingAndDoesNotCount() {
        Again verdict = again(new CallOutcome.BudgetSpent(OptionalLong.empty(), OptionalLong.empty(), CODE), true);
        assertThat(verdict.state()).isEqualTo(CallState.BUDGET_SPENT);
        assertThat(verdict.charge()).isEqualTo(Charge.RELEASED);
        assertThat(verdict.counts()).isFalse();
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void aRefusalCountsAndCostsAUnitWhereErrorsAreMetered(CallOutcome refusal) {
        assertThat(again(refusal, true).counts()).isTrue();
        assertThat(again(refusal, true).charge()).isEqualTo(Charge.SPENT);
        assertThat(again(refusal, false).charge()).isEqualTo(Charge.RELEASED);
        assertThat(again(refusal, false).waitMillis()).isPositive();
    }

    private static Stream<CallOutcome> refusals() {
        return Stream.of(
                new CallOutcome.TokenRejected(CODE),
                new CallOutcome.Unauthorised("ask", CODE),
                new CallOutcome.ContentRefused(Disposition.INVALID_CONTENT, CODE),
                new CallOutcome.RecipientsRefused(CODE),
                new CallOutcome.Temporary(CODE, true));
    }

    private static Again again(CallOutcome outcome, boolean meteredOnError) {
        return (Again) ResendVerdict.of(outcome, meteredOnError, ARRIVED_MILLIS);
    }
}
