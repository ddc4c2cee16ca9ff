package dev.sluice.engine.scheduling.hold;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.model.PriorityClass;
import dev.sluice.engine.quota.SlotAnswer;
import dev.sluice.engine.quota.SlotGate;
import dev.sluice.engine.quota.SlotRequest;
import dev.sluice.engine.quota.SlotTiming;
import dev.sluice.engine.scheduling.hold.LaneRules.Rule;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LaneHoldsTest {
    private static final SlotGate GATE = new SlotGate("app:1", "qps:send", 20, 1_000, false);
    private static final long NOW = 1_000_000;

    private static final Rule QUIET = new Rule(
            PriorityClass.TRANSACTIONAL, "quiet hours", "Quiet.", Optional.of(Instant.ofEpochMilli(NOW + 9_000)));

    private final LaneHolds holds = new LaneHolds();

    @Test
    void aRefusedClassAndThoseBelowWait() {
        holds.refused(PriorityClass.TRANSACTIONAL, new SlotAnswer.NotBefore(GATE, 500), NOW);
        assertThat(holds.lowestAllowed(NOW)).isEqualTo(PriorityClass.TRANSACTIONAL.code() - 1);
        assertThat(holds.lowestAllowed(NOW + 500)).isEqualTo(PriorityClass.BULK.code());
    }

    /** A gate that opens in half a second would else hold its lane for the ten minutes by which the clock was wrong. */
    @Test
    void nobodyWaitsLongerBecauseTheClockIsSetBack() {
        holds.refused(PriorityClass.BULK, new SlotAnswer.NotBefore(GATE, 500), NOW);
        assertThat(holds.lowestAllowed(NOW)).isEqualTo(PriorityClass.TRANSACTIONAL.code());

        long setBack = NOW - 600_000;
        assertThat(holds.lowestAllowed(setBack)).isEqualTo(PriorityClass.TRANSACTIONAL.code());
        assertThat(holds.nextEndMillis()).isEqualTo(setBack + 500);
        assertThat(holds.lowestAllowed(setBack + 500)).isEqualTo(PriorityClass.BULK.code());
    }

    @Test
    void aPermitGoesAlthoughTheGateRefusedAnotherQuestionMeanwhile() {
        holds.refused(PriorityClass.CRITICAL, new SlotAnswer.NotBefore(GATE, 500), NOW);
        assertThat(holds.lowestAllowed(PriorityClass.BULK, NOW)).isEqualTo(PriorityClass.BULK.code());
        assertThat(holds.lowestAllowed(PriorityClass.CRITICAL, NOW))
                .as("a slot of the reserve is not for those who may not have it")
                .isEqualTo(PriorityClass.CRITICAL.code());
    }

    @Test
    void aSlotThatIsGivenBackUnusedMayBeAskedForAtOnce() {
        SlotGate other = new SlotGate("app:2", "qps:send", 20, 1_000, false);
        holds.refused(PriorityClass.TRANSACTIONAL, new SlotAnswer.NotBefore(GATE, 500), NOW);

        holds.released(List.of(new SlotRequest(other, 1, 20)), NOW);
        assertThat(holds.lowestAllowed(NOW)).isEqualTo(PriorityClass.TRANSACTIONAL.code() - 1);

        holds.released(List.of(new SlotRequest(GATE, 1, 20)), NOW);
        assertThat(holds.lowestAllowed(NOW)).isEqualTo(PriorityClass.BULK.code());
    }

    @Test
    void aPermitDoesNotGoAgainstWhatThePlatformSays() {
        holds.hold(PriorityClass.TRANSACTIONAL, new Hold("platform throttle", "It throttles.", NOW + 500));
        assertThat(holds.lowestAllowed(PriorityClass.BULK, NOW)).isEqualTo(PriorityClass.TRANSACTIONAL.code() - 1);
    }

    @Test
    void theTurnOfALaneInLineDoesNotEndWhatThePlatformSays() {
        Hold inLine = Hold.inLine(GATE, 7, NOW + 500);
        holds.hold(PriorityClass.CRITICAL, inLine);
        holds.hold(PriorityClass.CRITICAL, new Hold("platform throttle", "It throttles.", NOW + 9_000));
        assertThat(holds.nextEndMillis()).as("its turn must come").isEqualTo(Long.MAX_VALUE);

        holds.lift(inLine);
        assertThat(holds.lowestAllowed(NOW)).isEqualTo(PriorityClass.CRITICAL.code() - 1);
        assertThat(holds.nextEndMillis()).isEqualTo(NOW + 9_000);
        assertThat(holds.lowestAllowed(NOW + 9_000)).isEqualTo(PriorityClass.BULK.code());
    }

    /** A group robot's ten minutes begin anew with each message that it sends meanwhile. */
    @Test
    void whatAPersonChangesDoesNotEndWhatThePlatformWants() {
        holds.refused(PriorityClass.CRITICAL, new SlotAnswer.NotBefore(GATE, 500), NOW);
        holds.throttle(new Hold("platform throttle", "It throttles.", NOW + 600_000));
        holds.clear();

        assertThat(holds.lowestAllowed(NOW)).isEqualTo(PriorityClass.CRITICAL.code() - 1);
        assertThat(holds.lowestAllowed(PriorityClass.BULK, NOW)).isEqualTo(PriorityClass.CRITICAL.code() - 1);
        assertThat(holds.holding(PriorityClass.CRITICAL, NOW).map(Hold::gate)).contains("platform throttle");
        assertThat(holds.nextEndMillis()).isEqualTo(NOW + 600_000);
        assertThat(holds.lowestAllowed(NOW + 600_000)).isEqualTo(PriorityClass.BULK.code());
    }

    @Test
    void aShorterThrottleEndsNoLongerOneAndNeitherDoesAClockThatIsSetBack() {
        holds.throttle(new Hold("platform throttle", "The robot.", NOW + 600_000));
        holds.throttle(new Hold("platform throttle", "The app.", NOW + 1_000));
        assertThat(holds.throttled(NOW + 1_000)).isTrue();

        long setBack = NOW + 1_000 - 900_000;
        assertThat(holds.throttled(setBack)).isTrue();
        assertThat(holds.throttled(setBack + 599_000)).isFalse();
    }

    @Test
    void whatThePeoplesSideSaysHoldsUntilTheNextLookWhateverTheGatesSay() {
        holds.refused(PriorityClass.BULK, new SlotAnswer.NotBefore(GATE, 500), NOW);
        holds.rule(Optional.of(QUIET));

        assertThat(holds.lowestAllowed(NOW)).isEqualTo(PriorityClass.TRANSACTIONAL.code() - 1);
        assertThat(holds.lowestAllowed(PriorityClass.BULK, NOW)).isEqualTo(PriorityClass.TRANSACTIONAL.code() - 1);
        assertThat(holds.holding(PriorityClass.CRITICAL, NOW)).isEmpty();
        assertThat(holds.holding(PriorityClass.BULK, NOW).map(Hold::gate)).contains("quiet hours");

        holds.rule(Optional.empty());
        assertThat(holds.lowestAllowed(NOW)).isEqualTo(PriorityClass.BULK.code() - 1);
        assertThat(holds.holding(PriorityClass.BULK, NOW).map(Hold::gate)).contains(GATE.label());
    }

    @Test
    void theNextMomentIsWhenTheMostUrgentClassThatWaitsMayGo() {
        assertThat(holds.nextEndMillis()).isEqualTo(Long.MAX_VALUE);
        holds.refused(PriorityClass.BULK, new SlotAnswer.NotBefore(GATE, 500), NOW);
        assertThat(holds.nextEndMillis()).isEqualTo(NOW + 500);
        holds.rule(Optional.of(QUIET));
        assertThat(holds.nextEndMillis()).isEqualTo(NOW + 9_000);
        holds.refused(PriorityClass.CRITICAL, new SlotAnswer.NotBefore(GATE, 700), NOW);
        assertThat(holds.nextEndMillis()).isEqualTo(NOW + 700);
    }

    @Test
    void whatSomebodyMustEndHasNoMomentAtWhichItOpens() {
        holds.rule(Optional.of(new Rule(PriorityClass.CRITICAL, "channel paused", "Paused.", Optional.empty())));
        assertThat(holds.nextEndMillis()).isEqualTo(Long.MAX_VALUE);
        assertThat(holds.holding(PriorityClass.CRITICAL, NOW).flatMap(Hold::opens))
                .isEmpty();
        holds.rule(Optional.of(QUIET));
        assertThat(holds.holding(PriorityClass.BULK, NOW).flatMap(Hold::opens)).isEqualTo(QUIET.until());
    }

    @Test
    void anAnswerSaysUntilWhenItsSlotIsTakenAtMost() {
        SlotGate minute = new SlotGate("app:1", "people", 20, 60_000, false);
        holds.refused(PriorityClass.BULK, new SlotAnswer.NotBefore(minute, 900), NOW);
        holds.answered(List.of(new SlotRequest(minute, 1, 20)), NOW);
        assertThat(holds.nextEndMillis()).as("longer than was believed anyway").isEqualTo(NOW + 900);

        SlotGate tenth = new SlotGate("app:1", "qps:send", 20, 100, false);
        holds.refused(PriorityClass.TRANSACTIONAL, new SlotAnswer.NotBefore(tenth, 900), NOW);
        holds.answered(List.of(new SlotRequest(tenth, 1, 20)), NOW);
        assertThat(holds.nextEndMillis())
                .as("its window, less what is granted early, and what clocks may differ by")
                .isEqualTo(NOW + 100 - SlotTiming.LEAD_MILLIS + 2);
    }

    @Test
    void whatIsOutOfOrderIsToldUntilACallLeavesAlthoughItsHoldsAreShort() {
        holds.hold(PriorityClass.CRITICAL, new Hold(Trouble.LIMITER.gate(), "Redis is away.", NOW + 500));
        assertThat(holds.trouble(NOW)).contains(Trouble.LIMITER);
        assertThat(holds.trouble(NOW + 2_000)).contains(Trouble.LIMITER);

        holds.left();
        assertThat(holds.trouble(NOW)).isEmpty();
    }

    @Test
    void nothingIsOutOfOrderWhereALimitOrAPersonHolds() {
        Hold away = new Hold(Trouble.LIMITER.gate(), "Redis is away.", NOW + 500);
        holds.hold(PriorityClass.CRITICAL, away);
        holds.rule(Optional.of(new Rule(PriorityClass.CRITICAL, "paused", "Paused.", Optional.empty())));
        assertThat(holds.trouble(NOW)).isEmpty();

        holds.rule(Optional.empty());
        assertThat(holds.trouble(NOW)).contains(Trouble.LIMITER);
        holds.refused(PriorityClass.BULK, new SlotAnswer.NotBefore(GATE, 500), NOW + 600);
        assertThat(holds.trouble(NOW + 2_000)).isEmpty();
    }

    @Test
    void aHoldIsLiftedByNameUnlessItLastsLonger() {
        Hold month = new Hold(Hold.MONTH, "The month is used up.", NOW + 60_000);
        holds.hold(PriorityClass.BULK, month);

        holds.lift(Trouble.LIMITER.gate(), NOW + 90_000);
        holds.lift(Hold.MONTH, NOW + 60_000);
        assertThat(holds.holding(PriorityClass.BULK, NOW)).contains(month);

        holds.lift(Hold.MONTH, NOW + 60_001);
        assertThat(holds.holding(PriorityClass.BULK, NOW)).isEmpty();
    }

    @Test
    void aHoldThatLastsLongerStays() {
        Hold longer = new Hold("platform throttle", "It throttles.", NOW + 9_000);
        holds.hold(PriorityClass.CRITICAL, longer);
        holds.refused(PriorityClass.CRITICAL, new SlotAnswer.NotBefore(GATE, 500), NOW);
        assertThat(holds.holding(PriorityClass.CRITICAL, NOW)).contains(longer);
    }

    @Test
    void aChangeOnThePeoplesSideLetsEverybodyAskAgain() {
        holds.hold(PriorityClass.CRITICAL, new Hold(Hold.MONTH, "The month is used up.", NOW + 60_000));
        holds.hold(PriorityClass.CRITICAL, Hold.inLine(GATE, 7, NOW + 500));

        holds.clear();
        assertThat(holds.lowestAllowed(NOW)).isEqualTo(PriorityClass.BULK.code());
    }
}
