package dev.sluice.loadtest.plan.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.loadtest.plan.CostFigure;
import dev.sluice.loadtest.plan.CostModel;
import dev.sluice.loadtest.plan.Outcome;
import dev.sluice.loadtest.plan.Planner;
import dev.sluice.loadtest.plan.Tiers;
import dev.sluice.loadtest.plan.Variation;
import dev.sluice.loadtest.scenario.Scenario;
import java.time.Instant;
import java.util.LongSummaryStatistics;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckCaseTest {
    private static final Instant START = Instant.parse("2026-11-23T01:00:00Z");
    private static final int SEEDS = 12;
    /** Half of what a plan may be away from a real run. */
    private static final double MOST_BY_CHANCE = 0.025;

    @Test
    void thereAreTwentyAndEachTakesSomeSecondsByItsPlan() {
        assertThat(CheckCase.all()).hasSize(20).allSatisfy(one -> {
            Outcome outcome = plan(one, one.scenario(), CostModel.measured());
            assertThat(outcome.lastMicros() / 1e6).as(one.name()).isBetween(8.0, 130.0);
            assertThat(outcome.waiting()).as(one.name()).isZero();
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 10, 25})
    void noneStandsOnAnEdgeFromWhichChanceThrowsItToOneSideOrTheOther(int overheadMillis) {
        CostModel costs = CostModel.measured().with(CostFigure.CALL_OVERHEAD_MILLIS, overheadMillis, "a busy machine");
        assertThat(CheckCase.all()).allSatisfy(one -> {
            LongSummaryStatistics micros = LongStream.rangeClosed(1, SEEDS)
                    .map(seed ->
                            plan(one, withSeed(one.scenario(), seed), costs).lastMicros())
                    .summaryStatistics();
            assertThat((double) micros.getMax() / micros.getMin())
                    .as(one.name())
                    .isLessThan(1 + MOST_BY_CHANCE);
        });
    }

    private static Outcome plan(CheckCase one, Scenario scenario, CostModel costs) {
        return new Planner(Tiers.builtIn().with(one.name(), one.limits()), costs)
                .run(scenario, START, new Variation.AsItStands());
    }

    private static Scenario withSeed(Scenario from, long seed) {
        return new Scenario(
                from.name(),
                from.descriptionEn(),
                from.descriptionZh(),
                seed,
                from.stage(),
                from.tenants(),
                from.load(),
                from.faults(),
                from.bounds(),
                from.search());
    }
}
