package dev.sluice.engine.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.testkit.TestWorld;
import dev.sluice.simulator.ledger.Verdict;

/** What must hold after every scenario, judged by the platform's ledger and our rows. */
final class Soundness {
    private Soundness() {}

    /** Nobody lost, nobody twice, nothing dropped or throttled through our doing, at least as much booked as was metered. */
    static void holds(TestWorld world) {
        holdsButForThrottles(world);
        assertThat(world.simulator().ledger().throttleAnswers()).isZero();
    }

    /** The same where the scenario itself makes the platform throttle. */
    static void holdsButForThrottles(TestWorld world) {
        assertThat(world.counterDifferences()).isEmpty();
        assertThat(world.simulator().ledger().duplicates()).isEmpty();
        for (Verdict ours : new Verdict[] {Verdict.DAILY_COUNT, Verdict.MINUTE_OF_APP, Verdict.MINUTE_OF_CORP}) {
            assertThat(world.simulator().ledger().recipients(ours))
                    .as(ours.name())
                    .isZero();
        }
        assertThat(booked(world))
                .isGreaterThanOrEqualTo(world.simulator().ledger().meteredCalls());
    }

    /** As above, and the books agree to the call: right where no call stayed in doubt. */
    static void holdsAndBooksAgree(TestWorld world) {
        holds(world);
        assertThat(booked(world)).isEqualTo(world.simulator().ledger().meteredCalls());
        assertThat(world.number("SELECT coalesce(sum(reserved), 0) FROM budget"))
                .isZero();
    }

    /** Calls that we booked this month, reserved ones included. */
    static long booked(TestWorld world) {
        return world.number("SELECT coalesce(sum(spent + reserved), 0) FROM budget");
    }
}
