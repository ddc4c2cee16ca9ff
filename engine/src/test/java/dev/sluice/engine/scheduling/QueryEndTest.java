package dev.sluice.engine.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.channel.CallOutcome;
import dev.sluice.engine.channel.CallOutcome.ThrottleScope;
import dev.sluice.engine.channel.ReceiptProtocol.ReceiptResult;
import dev.sluice.engine.model.CallState;
import dev.sluice.engine.model.PlatformCode;
import dev.sluice.engine.sending.OutcomePolicy.Charge;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class QueryEndTest {
    private static final PlatformCode CODE = new PlatformCode("c", "t");

    static Stream<ReceiptResult> answers() {
        return Stream.of(
                new ReceiptResult.Complete(List.of(), List.of()),
                new ReceiptResult.Pending(),
                new ReceiptResult.Gone(CODE));
    }

    @ParameterizedTest
    @MethodSource("answers")
    void anAnswerIsChargedWhereThePlatformMetersQueriesAndCounts(ReceiptResult answer) {
        assertThat(QueryEnd.of(answer, true, false).charge()).isEqualTo(Charge.SPENT);
        assertThat(QueryEnd.of(answer, false, true).charge()).isEqualTo(Charge.RELEASED);
        assertThat(QueryEnd.of(answer, true, false).counts()).isTrue();
    }

    static Stream<CallOutcome> notLetIn() {
        return Stream.of(
                new CallOutcome.NotSent("no route"),
                new CallOutcome.Throttled(ThrottleScope.PLATFORM, 777, CODE),
                new CallOutcome.BudgetSpent(OptionalLong.empty(), OptionalLong.empty(), CODE));
    }

    @ParameterizedTest
    @MethodSource("notLetIn")
    void whatThePlatformDidNotHearOrLetInCostsNothingAndDoesNotCount(CallOutcome outcome) {
        QueryEnd end = failed(outcome, true);

        assertThat(end.charge()).isEqualTo(Charge.RELEASED);
        assertThat(end.counts()).isFalse();
    }

    @Test
    void aSilentQueryIsChargedAndOver() {
        assertThat(failed(new CallOutcome.Unknown("reset"), false))
                .isEqualTo(new QueryEnd(CallState.RESOLVED, Charge.SPENT, true));
    }

    @Test
    void anErrorIsChargedWhereThePlatformMetersErrors() {
        CallOutcome fault = new CallOutcome.Temporary(CODE, true);

        assertThat(failed(fault, true)).isEqualTo(new QueryEnd(CallState.TEMPORARY, Charge.SPENT, true));
        assertThat(failed(fault, false)).isEqualTo(new QueryEnd(CallState.TEMPORARY, Charge.RELEASED, true));
    }

    private static QueryEnd failed(CallOutcome outcome, boolean meteredOnError) {
        return QueryEnd.of(new ReceiptResult.Failed(outcome), true, meteredOnError);
    }
}
