package dev.sluice.loadtest.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sluice.engine.model.Limits;
import dev.sluice.loadtest.plan.Planning.WhatIfs;
import dev.sluice.loadtest.scenario.Scenario;
import dev.sluice.loadtest.scenario.ScenarioFile;
import dev.sluice.loadtest.scenario.ScenarioInvalid;
import dev.sluice.loadtest.scenario.StageSpec;
import dev.sluice.loadtest.terminal.Language;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a plan says it takes. */
class NeedsTest {
    private static final Instant NINE = Instant.parse("2026-11-23T01:00:00Z");
    private static final Tiers TIERS = Tiers.builtIn()
            .with("scarce", new Limits(Map.of(Limits.CALLS_PER_MONTH, 10L)))
            .with("narrow", new Limits(Map.of(Limits.CALLS_PER_IP_AND_20S, 100L)));

    @Test
    void whoeverNeverGoesHasNoEndAndARowAllTheSame() throws ScenarioInvalid {
        // 10 calls of 100 in each of three months.
        Plan plan = plan("tier: scarce, people: 5000, receipts: none", "kind: campaign, people: 5000");
        assertThat(plan.needs().waiting()).isEqualTo(2_000);
        assertThat(plan.needs().deliveryRows()).isEqualTo(5_000);
        assertThat(plan.remarks()).containsExactly(new Remark.CutShort(62));
        assertThat(new PlanText(plan, Language.EN).lines())
                .anyMatch(line -> line.matches("ends +2,000 still wait"))
                .anyMatch(line -> line.matches("t .* - 01-24 09:00 +month's budget .*"))
                .anyMatch(line -> line.matches("t: campaign, bulk +3,000 +- +- .* 2,000"));
        assertThat(new PlanText(plan, Language.ZH).lines()).anyMatch(line -> line.matches("结束 +2,000 人仍在等待"));
        assertThat(new PlanPage(plan).html())
                .contains("3,000 sent, 2,000 still wait, 30 calls", "已发送 3,000，2,000 人仍在等待，30 次调用");
    }

    @Test
    void whoeverIsTooLateHasARow() throws ScenarioInvalid {
        Plan plan = plan(
                "tier: scarce, people: 5000, receipts: none", "kind: campaign, people: 5000, deliverWithinSeconds: 60");
        assertThat(plan.asItStands().sent()).isEqualTo(1_000);
        assertThat(plan.needs().deliveryRows()).isEqualTo(5_000);
    }

    @Test
    void whoeverStandsTwiceInARequestOrFileHasTwoRows() throws ScenarioInvalid {
        Plan plan = plan(
                "tier: standard, people: 1000, receipts: none",
                "kind: campaign, people: 1000, duplicateShare: 0.5}, {tenants: t, kind: bulk, untilSeconds: 10, perSecond: 1, people: 4, duplicateShare: 0.25");
        assertThat(plan.asItStands().sent()).isEqualTo(1_040);
        assertThat(plan.needs().deliveryRows()).isEqualTo(1_500 + 50);
    }

    @Test
    void aReceiptIsARowWhetherOrNotAMonthCountsIt() throws ScenarioInvalid {
        Plan plan = plan(
                "tier: unlimited, people: 100}, {name: limited, tier: standard, people: 100",
                "kind: singles, untilSeconds: 10, perSecond: 1}, {tenants: limited, kind: singles, untilSeconds: 10, perSecond: 2");
        assertThat(plan.asItStands().calls()).isEqualTo(30);
        assertThat(plan.needs().callRows()).isEqualTo(60);
    }

    @Test
    void aQuestionForAReceiptIsWorkLikeACall() throws ScenarioInvalid {
        double callCpuSeconds = CostModel.measured().value(CostFigure.CALL_CPU_MICROS) / 1e6;
        String load = "kind: singles, untilSeconds: 60, perSecond: 10";
        double none = plan("tier: standard, receipts: none", load).needs().cores();
        assertThat(plan("tier: standard", load).needs().cores()).isCloseTo(none + 10 * callCpuSeconds, within(1e-4));
    }

    @Test
    void receiptsKeepANodeFromSending() throws ScenarioInvalid {
        CostModel slow = CostModel.measured().with(CostFigure.CALL_CPU_MICROS, 100_000, "a test");
        // 20 calls a second are all that its two processors make; from the tenth second on each is asked after as well.
        assertThat(lastSeconds(slow, "none")).isBetween(14.9, 16.0);
        assertThat(lastSeconds(slow, "all")).isGreaterThan(19);
    }

    private static double lastSeconds(CostModel costs, String receipts) throws ScenarioInvalid {
        Scenario scenario = ScenarioFile.parse("""
                name: test
                description: {en: a test, zh: 测试}
                tenants: [{name: t, tier: enterprise, receipts: %s}]
                load: [{tenants: t, kind: singles, untilSeconds: 15, perSecond: 20}]
                """.formatted(receipts));
        return new Planning(TIERS, costs)
                        .plan(scenario, NINE, WhatIfs.NEVER, 50)
                        .asItStands()
                        .lastMicros()
                / 1e6;
    }

    @Test
    void anAddressIsReckonedWithTheBusiestStretchWhereverItBegins() throws ScenarioInvalid {
        Plan plan = plan(
                "tier: narrow, count: 9, receipts: none",
                "kind: singles, fromSeconds: 10, untilSeconds: 30, perSecond: 9, priority: critical");
        assertThat(plan.needs().callsPerSecond()).isBetween(8.9, 9.1);
        assertThat(plan.needs().addresses()).isEqualTo(2);
    }

    @Test
    void aSlowPlatformTakesMoreNodesSinceEachHasPlacesForSoManyCallsInFlight() throws ScenarioInvalid {
        // 400 calls a second, each 2 s without an answer: 800 places of 512 a node, at most 70 % of them taken.
        Scenario slow = ScenarioFile.parse("""
                name: test
                description: {en: a test, zh: 测试}
                stage: {platformLatency: {fromMillis: 2000, toMillis: 2000}}
                tenants: [{name: t, tier: enterprise, count: 40, receipts: none}]
                load: [{tenants: t, kind: singles, untilSeconds: 30, perSecond: 400}]
                """);
        Plan one = plan(slow);
        assertThat(Phases.longest(one.asItStands().groups())).isEqualTo("calls in flight");
        assertThat(one.needs().callsInFlight()).isBetween(790.0, 950.0);
        assertThat(one.needs().nodes()).isEqualTo(3);
        StageSpec stage = slow.stage();
        Plan enough = plan(slow.with(
                new StageSpec(3, stage.platformLatency(), 1, stage.receiptAfterMillis(), Map.of()), group -> group));
        assertThat(enough.asItStands().lastMicros())
                .isCloseTo(one.needs().lastMicros(), within(1_000_000L))
                .isLessThan(one.asItStands().lastMicros() - 10_000_000);
    }

    @Test
    void anAddressCarriesLessWhereThePlatformIsSlowToAnswer() throws ScenarioInvalid {
        // 96 calls in 20 s of the 100 that it may make, but each keeps its place until 20 s after the answer. No
        // tokens.
        Plan plan = plan(ScenarioFile.parse("""
                name: test
                description: {en: a test, zh: 测试}
                stage: {platformLatency: {fromMillis: 4000, toMillis: 4000}}
                tenants: [{name: t, tier: narrow, count: 8, channel: dingtalk-webhook, receipts: none}]
                load: [{tenants: t, kind: singles, untilSeconds: 60, perSecond: 4.8, priority: critical}]
                """));
        assertThat(Phases.longest(plan.asItStands().groups())).isEqualTo("calls 100 per 20 s");
        assertThat(plan.needs().addresses()).isEqualTo(2);
    }

    private static Plan plan(String tenants, String load) throws ScenarioInvalid {
        String scenario = """
                name: test
                description: {en: a test, zh: 测试}
                tenants: [{name: t, %s}]
                load: [{tenants: t, %s}]
                """.formatted(tenants, load);
        return new Planning(TIERS, CostModel.measured()).plan(ScenarioFile.parse(scenario), NINE, WhatIfs.ALWAYS, 50);
    }

    private static Plan plan(Scenario scenario) {
        return new Planning(TIERS, CostModel.measured()).plan(scenario, NINE, WhatIfs.NEVER, 50);
    }
}
