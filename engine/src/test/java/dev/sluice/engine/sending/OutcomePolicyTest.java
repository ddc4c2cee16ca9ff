package dev.sluice.engine.sending;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.channel.CallOutcome;
import dev.sluice.engine.channel.CallOutcome.RefusedRecipient;
import dev.sluice.engine.channel.CallOutcome.ThrottleScope;
import dev.sluice.engine.model.CallState;
import dev.sluice.engine.model.DeliveryState;
import dev.sluice.engine.model.Disposition;
import dev.sluice.engine.model.PlatformCode;
import dev.sluice.engine.sending.OutcomePolicy.Charge;
import dev.sluice.engine.sending.OutcomePolicy.Consequence;
import dev.sluice.engine.sending.OutcomePolicy.Traveller;
import java.util.List;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class OutcomePolicyTest {
    private static final PlatformCode CODE = new PlatformCode("88", "as the platform said");
    private static final int MOST_ATTEMPTS = 5;

    private final SplittableRandom random = new SplittableRandom(1);

    static Stream<Arguments> outcomes() {
        return Stream.of(
                Arguments.of(new CallOutcome.Accepted("task", List.of()), CallState.ACCEPTED, Charge.SPENT),
                Arguments.of(
                        new CallOutcome.Throttled(ThrottleScope.APP_AND_API, 1_000, CODE),
                        CallState.THROTTLED,
                        Charge.RELEASED),
                Arguments.of(
                        new CallOutcome.BudgetSpent(OptionalLong.empty(), OptionalLong.empty(), CODE),
                        CallState.BUDGET_SPENT,
                        Charge.RELEASED),
                Arguments.of(new CallOutcome.TokenRejected(CODE), CallState.UNAUTHORISED, null),
                Arguments.of(new CallOutcome.Unauthorised("Grant it.", CODE), CallState.UNAUTHORISED, null),
                Arguments.of(
                        new CallOutcome.ContentRefused(Disposition.PROHIBITED_CONTENT, CODE), CallState.REFUSED, null),
                Arguments.of(new CallOutcome.RecipientsRefused(CODE), CallState.REFUSED, null),
                Arguments.of(new CallOutcome.Temporary(CODE, true), CallState.TEMPORARY, null),
                Arguments.of(new CallOutcome.Unknown("timeout"), CallState.UNKNOWN, Charge.RESERVED),
                Arguments.of(new CallOutcome.NotSent("refused"), CallState.NOT_SENT, Charge.RELEASED));
    }

    /** A charge of null: whatever the configuration says of errors. */
    @ParameterizedTest
    @MethodSource("outcomes")
    void everyOutcomeSaysWhatBecomesOfTheCallItsChargeAndEachTraveller(
            CallOutcome outcome, CallState state, Charge charge) {
        for (boolean meteredOnError : new boolean[] {true, false}) {
            for (int people : new int[] {1, 2, 99, 100}) {
                Consequence consequence = policy(meteredOnError).of(outcome, travellers(people, 0), true, random);
                Charge onError = meteredOnError ? Charge.SPENT : Charge.RELEASED;
                assertThat(consequence.state()).isEqualTo(state);
                assertThat(consequence.charge()).isEqualTo(charge == null ? onError : charge);
                assertThat(consequence.verdicts()).hasSize(people).doesNotContainNull();
            }
        }
    }

    @Test
    void onlySilenceLeavesPeopleInDoubt() {
        outcomes().map(each -> (CallOutcome) each.get()[0]).forEach(outcome -> {
            boolean doubt = policy(true).of(outcome, travellers(10, 0), true, random).verdicts().stream()
                    .anyMatch(verdict -> verdict instanceof Verdict.End end && end.state() == DeliveryState.IN_DOUBT);
            assertThat(doubt).as(outcome.toString()).isEqualTo(outcome instanceof CallOutcome.Unknown);
        });
    }

    @Test
    void whoIsLeftOutOfAnAcceptedCallFailsOrGoesAgainAndTheOthersAreSent() {
        CallOutcome outcome = new CallOutcome.Accepted(
                "task",
                List.of(
                        new RefusedRecipient("user3", Disposition.INVALID_RECIPIENT, false, "invalid"),
                        new RefusedRecipient("user7", Disposition.REFUSED_OTHERWISE, true, "flow")));
        List<Verdict> verdicts =
                policy(true).of(outcome, travellers(10, 0), true, random).verdicts();
        for (int i = 0; i < 10; i++) {
            switch (i) {
                case 3 ->
                    assertThat(verdicts.get(i))
                            .isEqualTo(new Verdict.End(DeliveryState.FAILED, Disposition.INVALID_RECIPIENT));
                case 7 -> assertThat(verdicts.get(i)).isInstanceOf(Verdict.Retry.class);
                default -> assertThat(verdicts.get(i)).isEqualTo(new Verdict.End(DeliveryState.SENT, null));
            }
        }
    }

    @Test
    void aRefusedBatchIsHalvedDownToTheOneWhoIsRefused() {
        CallOutcome outcome = new CallOutcome.RecipientsRefused(CODE);
        int people = 100;
        int calls = 0;
        while (people > 1) {
            Verdict verdict = policy(true)
                    .of(outcome, travellers(people, 0), true, random)
                    .verdicts()
                    .getFirst();
            assertThat(verdict).isInstanceOf(Verdict.Again.class);
            assertThat(((Verdict.Again) verdict).mostCompany()).isLessThan(people);
            people = ((Verdict.Again) verdict).mostCompany();
            calls++;
        }
        assertThat(calls).isEqualTo(7);
        assertThat(policy(true).of(outcome, travellers(1, 0), true, random).verdicts())
                .containsExactly(new Verdict.End(DeliveryState.FAILED, Disposition.INVALID_RECIPIENT));
    }

    @Test
    void aTemporaryFaultIsRetriedAsOftenAsThePolicyAllowsAndThenFails() {
        CallOutcome outcome = new CallOutcome.Temporary(CODE, true);
        for (int before = 0; before < MOST_ATTEMPTS - 1; before++) {
            assertThat(policy(true)
                            .of(outcome, travellers(1, before), false, random)
                            .verdicts())
                    .allMatch(verdict -> verdict instanceof Verdict.Retry);
        }
        assertThat(policy(true)
                        .of(outcome, travellers(1, MOST_ATTEMPTS - 1), false, random)
                        .verdicts())
                .containsOnly(new Verdict.End(DeliveryState.FAILED, Disposition.ATTEMPTS_EXHAUSTED));
    }

    @Test
    void aBatchThatIsTriedAgainGoesAgainTogether() {
        List<Verdict> verdicts = policy(true)
                .of(new CallOutcome.Temporary(CODE, true), travellers(100, 0), true, random)
                .verdicts();
        assertThat(verdicts).containsOnly(verdicts.getFirst());
        assertThat(verdicts.getFirst()).isInstanceOf(Verdict.Retry.class);
    }

    @Test
    void aBatchNeverFailsAsAWholeForAFaultThatMayBeOnePersons() {
        CallOutcome outcome = new CallOutcome.Temporary(CODE, true);
        assertThat(policy(true)
                        .of(outcome, travellers(100, MOST_ATTEMPTS - 1), false, random)
                        .verdicts())
                .containsOnly(new Verdict.Again(50));
    }

    @Test
    void aFaultThatStaysWithOneBatchOfAHealthyLaneHalvesIt() {
        CallOutcome outcome = new CallOutcome.Temporary(CODE, true);
        assertThat(policy(true).of(outcome, travellers(9, 1), true, random).verdicts())
                .containsOnly(new Verdict.Again(5));
        assertThat(policy(true).of(outcome, travellers(1, 1), true, random).verdicts())
                .allMatch(verdict -> verdict instanceof Verdict.Retry);
    }

    @Test
    void effectsReachTheLaneWhereTheOutcomeIsAboutMoreThanItsPeople() {
        assertThat(effect(new CallOutcome.Throttled(ThrottleScope.EGRESS_IP, 500, CODE)))
                .isEqualTo(new LaneEffect.Quiet(ThrottleScope.EGRESS_IP, 500, CODE));
        assertThat(effect(new CallOutcome.BudgetSpent(OptionalLong.of(7), OptionalLong.of(5), CODE)))
                .isEqualTo(new LaneEffect.MonthSpent(OptionalLong.of(7), OptionalLong.of(5), CODE));
        assertThat(effect(new CallOutcome.TokenRejected(CODE))).isEqualTo(new LaneEffect.RefreshToken());
        assertThat(effect(new CallOutcome.Unauthorised("Grant it.", CODE)))
                .isEqualTo(new LaneEffect.PauseChannel("Grant it. (platform: 88 as the platform said)"));
        assertThat(effect(new CallOutcome.ContentRefused(Disposition.INVALID_CONTENT, CODE)))
                .isEqualTo(new LaneEffect.RefuseContent(Disposition.INVALID_CONTENT));
        assertThat(effect(new CallOutcome.Unknown("timeout"))).isEqualTo(new LaneEffect.None());
    }

    @Test
    void aFaultOfOneAloneOnAHealthyLaneMakesTheContentSuspect() {
        CallOutcome outcome = new CallOutcome.Temporary(CODE, true);
        assertThat(policy(true).of(outcome, travellers(1, 0), true, random).effect())
                .isEqualTo(new LaneEffect.SuspectContent());
        assertThat(policy(true).of(outcome, travellers(1, 0), false, random).effect())
                .isEqualTo(new LaneEffect.None());
        assertThat(policy(true).of(outcome, travellers(2, 0), true, random).effect())
                .isEqualTo(new LaneEffect.None());
    }

    private LaneEffect effect(CallOutcome outcome) {
        return policy(true).of(outcome, travellers(3, 0), true, random).effect();
    }

    private static OutcomePolicy policy(boolean meteredOnError) {
        return new OutcomePolicy(new RetryPolicy(MOST_ATTEMPTS, 50, 500), meteredOnError);
    }

    private static List<Traveller> travellers(int people, int attempts) {
        return IntStream.range(0, people)
                .mapToObj(i -> new Traveller("user" + i, attempts))
                .toList();
    }
}
