package dev.sluice.engine.scheduling.doubt;

import static dev.sluice.engine.scheduling.doubt.DoubtfulCalls.INTENT_AT_MILLIS;
import static dev.sluice.engine.scheduling.doubt.DoubtfulCalls.LI;
import static dev.sluice.engine.scheduling.doubt.DoubtfulCalls.ZHANG;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.channel.DoubtRule;
import dev.sluice.engine.model.CallState;
import dev.sluice.engine.model.OnDoubt;
import dev.sluice.engine.model.Purpose;
import dev.sluice.engine.recovery.DoubtfulCall;
import dev.sluice.engine.recovery.DoubtfulCall.Traveller;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class DoubtStepTest {
    private static final DoubtRule RESEND_WITH_KEY = new DoubtRule.ResendWithKey(Duration.ofMinutes(30));

    static Stream<DoubtRule> recognising() {
        return Stream.of(DoubtRule.RESEND_AND_QUERY, RESEND_WITH_KEY);
    }

    static Stream<DoubtRule> all() {
        return Stream.concat(recognising(), Stream.of(DoubtRule.HOLD_OR_RETRY));
    }

    @ParameterizedTest
    @EnumSource(
            value = Purpose.class,
            names = {"RESEND", "QUERY"})
    void whatADeadNodeAskedOrSentAgainEnds(Purpose purpose) {
        for (CallState state : new CallState[] {CallState.OPEN, CallState.UNKNOWN}) {
            assertThat(step(DoubtfulCalls.of(1, purpose, state, List.of(ZHANG)), DoubtRule.RESEND_AND_QUERY))
                    .isEqualTo(DoubtStep.RESOLVE);
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void whoIsInAnOpenCallOfADeadNodeIsPutInDoubtFirst(DoubtRule rule) {
        assertThat(step(DoubtfulCalls.of(1, Purpose.SEND, CallState.OPEN, List.of(ZHANG, LI)), rule))
                .isEqualTo(DoubtStep.PUT_IN_DOUBT);
    }

    @ParameterizedTest
    @MethodSource("recognising")
    void whatThePlatformRecognisesIsResent(DoubtRule rule) {
        assertThat(step(DoubtfulCalls.unknown(1), rule)).isEqualTo(DoubtStep.RESEND);
    }

    @ParameterizedTest
    @MethodSource("recognising")
    void nothingIsResentForNobody(DoubtRule rule) {
        assertThat(step(DoubtfulCalls.of(1, Purpose.SEND, CallState.UNKNOWN, List.of()), rule))
                .isEqualTo(DoubtStep.RESOLVE);
    }

    @Test
    void afterTheLastResendAPersonDecides() {
        assertThat(DoubtStep.of(DoubtfulCalls.unknown(1), 3, RESEND_WITH_KEY, OnDoubt.HOLD, INTENT_AT_MILLIS))
                .isEqualTo(DoubtStep.RESOLVE);
    }

    @Test
    void whatThePlatformDoesNotRecogniseIsSentOnceMoreOnlyWhereTheChannelSaysSo() {
        assertThat(unrecognised(DoubtfulCalls.unknown(1), OnDoubt.HOLD)).isEqualTo(DoubtStep.RESOLVE);
        assertThat(unrecognised(DoubtfulCalls.unknown(1), OnDoubt.RETRY)).isEqualTo(DoubtStep.RETRY);
    }

    @Test
    void andNotWhenAnybodyInItWasTriedTwice() {
        Traveller tried = new Traveller(LI.key(), LI.recipient(), 2);
        DoubtfulCall call = DoubtfulCalls.of(1, Purpose.SEND, CallState.UNKNOWN, List.of(ZHANG, tried));
        assertThat(unrecognised(call, OnDoubt.RETRY)).isEqualTo(DoubtStep.RESOLVE);
    }

    private static DoubtStep step(DoubtfulCall call, DoubtRule rule) {
        return DoubtStep.of(call, 0, rule, OnDoubt.HOLD, INTENT_AT_MILLIS + 30_000);
    }

    private static DoubtStep unrecognised(DoubtfulCall call, OnDoubt onDoubt) {
        return DoubtStep.of(call, 0, DoubtRule.HOLD_OR_RETRY, onDoubt, INTENT_AT_MILLIS + 30_000);
    }
}
