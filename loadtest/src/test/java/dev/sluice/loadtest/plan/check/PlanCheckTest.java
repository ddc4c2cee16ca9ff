package dev.sluice.loadtest.plan.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.testkit.PostgresExtension;
import dev.sluice.engine.testkit.RedisExtension;
import dev.sluice.engine.testkit.TestDatabase;
import dev.sluice.engine.testkit.TestRedis;
import dev.sluice.loadtest.plan.CostFigure;
import dev.sluice.loadtest.plan.CostModel;
import dev.sluice.loadtest.plan.Outcome;
import dev.sluice.loadtest.plan.Planner;
import dev.sluice.loadtest.plan.Tiers;
import dev.sluice.loadtest.plan.Variation;
import dev.sluice.loadtest.plan.check.RealRuns.Real;
import dev.sluice.loadtest.terminal.Table;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;

/** Plans beside real runs of the engine against the simulator. */
@ExtendWith({PostgresExtension.class, RedisExtension.class})
class PlanCheckTest {
    private static final Instant START = Instant.parse("2026-11-23T01:00:00Z");
    /** Of the calibration: 61 calls through 5 slots are 12 whole rounds and the answer of the last. */
    private static final int ROUNDS = 12;

    private static final double ROUND_SECONDS = 1.0015;
    private static final double MOST_ERROR = 0.05;

    /** Side by side at most so many: more, and the machine itself is measured. */
    private static final int AT_ONCE = 5;

    @Test
    void aRealRunMakesThePlannedCallsAndIsNotFasterThanItsPlan(TestDatabase database, TestRedis redis) {
        try (RealRuns runs = new RealRuns(database, redis)) {
            Map<String, Real> real = runs.run(CheckCase.brief());
            for (CheckCase one : CheckCase.brief()) {
                Outcome planned = plan(one, CostModel.measured().with(CostFigure.CALL_OVERHEAD_MILLIS, 0, "none"));
                // A slow machine gives up grants that grew old, or fills a call that was planned to leave sooner.
                assertThat(real.get(one.name()).calls())
                        .as(one.name())
                        .isGreaterThanOrEqualTo(planned.calls() * 9 / 10);
                assertThat(real.get(one.name()).seconds())
                        .as(one.name())
                        .isGreaterThan(seconds(planned) * (1 - MOST_ERROR));
            }
        }
    }

    /** For a calm machine: {@code mvn test -pl loadtest -am -Dtest=PlanCheckTest -Dsurefire.failIfNoSpecifiedTests=false -Dsluice.plan.check=true}. */
    @Test
    @EnabledIfSystemProperty(named = "sluice.plan.check", matches = "true")
    void plansAreWithinFivePercentOfRealRuns(TestDatabase database, TestRedis redis) {
        Table table = new Table().row("case", "planned", "real", "error", "calls planned", "real");
        double worst = 0;
        try (RealRuns runs = new RealRuns(database, redis)) {
            List<CheckCase> cases = CheckCase.all();
            for (int from = 0; from < cases.size(); from += AT_ONCE) {
                List<CheckCase> some = new ArrayList<>(cases.subList(from, Math.min(from + AT_ONCE, cases.size())));
                some.addFirst(CheckCase.calibration());
                Map<String, Real> real = runs.run(some);
                double overheadMillis =
                        overheadMillis(real.get(some.removeFirst().name()));
                CostModel costs =
                        CostModel.measured().with(CostFigure.CALL_OVERHEAD_MILLIS, overheadMillis, "beside the cases");
                table.row("overhead of a call", "", "%.1f ms".formatted(overheadMillis), "", "", "");
                for (CheckCase one : some) {
                    worst = Math.max(worst, compare(table, one, plan(one, costs), real.get(one.name())));
                }
            }
        }
        table.lines().forEach(System.out::println);
        assertThat(worst).as("largest error").isLessThanOrEqualTo(MOST_ERROR);
    }

    private static double compare(Table table, CheckCase one, Outcome planned, Real real) {
        double error = seconds(planned) / real.seconds() - 1;
        table.row(
                one.name(),
                "%.2f s".formatted(seconds(planned)),
                "%.2f s".formatted(real.seconds()),
                "%+.1f %%".formatted(error * 100),
                Long.toString(planned.calls()),
                Long.toString(real.calls()));
        return Math.abs(error);
    }

    private static double overheadMillis(Real real) {
        double answerSeconds = (real.seconds() - ROUNDS * ROUND_SECONDS) / (ROUNDS + 1);
        return Math.max(0, answerSeconds * 1_000 - (CheckCase.FROM_MILLIS + CheckCase.TO_MILLIS) / 2.0);
    }

    private static Outcome plan(CheckCase one, CostModel costs) {
        return new Planner(Tiers.builtIn().with(one.name(), one.limits()), costs)
                .run(one.scenario(), START, new Variation.AsItStands());
    }

    /** From the first call to the last answer, as in the real run, where each app has its token by then. */
    private static double seconds(Outcome planned) {
        return (planned.lastMicros() - planned.firstCallMicros()) / 1e6;
    }
}
