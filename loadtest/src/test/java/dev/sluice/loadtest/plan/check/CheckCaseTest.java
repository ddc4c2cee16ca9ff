package dev.sluice.loadtest.plan.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.loadtest.plan.CostModel;
import dev.sluice.loadtest.plan.Outcome;
import dev.sluice.loadtest.plan.Planner;
import dev.sluice.loadtest.plan.Tiers;
import dev.sluice.loadtest.plan.Variation;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class CheckCaseTest {
    @Test
    void thereAreTwentyAndEachTakesSomeSecondsByItsPlan() {
        assertThat(CheckCase.all()).hasSize(20).allSatisfy(one -> {
            Outcome outcome = new Planner(Tiers.builtIn().with(one.name(), one.limits()), CostModel.measured())
                    .run(one.scenario(), Instant.parse("2026-11-23T01:00:00Z"), new Variation.AsItStands());
            assertThat(outcome.lastMicros() / 1e6).as(one.name()).isBetween(8.0, 130.0);
            assertThat(outcome.waiting()).as(one.name()).isZero();
        });
    }
}
