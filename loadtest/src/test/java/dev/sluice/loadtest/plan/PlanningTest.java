package dev.sluice.loadtest.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.model.Limits;
import dev.sluice.loadtest.plan.Planning.WhatIfs;
import dev.sluice.loadtest.scenario.Scenario;
import dev.sluice.loadtest.scenario.ScenarioFile;
import dev.sluice.loadtest.scenario.ScenarioInvalid;
import dev.sluice.loadtest.terminal.Language;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a plan says beside its numbers. */
class PlanningTest {
    private static final Instant NINE = Instant.parse("2026-11-23T01:00:00Z");
    private static final String FAULT = "faults: [{kind: platform-down, atSeconds: 1, forSeconds: 5}]";

    @Test
    void aPlanThatIsTooLongToVarySaysSoAndHowToHaveItAllTheSame() throws ScenarioInvalid {
        Plan plan = plan("", WhatIfs.WHEN_SHORT, 19);
        assertThat(plan.answers()).isEmpty();
        assertThat(text(plan, Language.EN)).contains("More than 19 calls or apps", "Add --what-if");
        assertThat(text(plan, Language.ZH)).contains("调用或应用超过 19 个", "请加 --what-if");
        assertThat(new PlanPage(plan).html()).contains("More than 19 calls or apps", "调用或应用超过 19 个");
    }

    @Test
    void manyAppsAreTooLongToVaryHoweverLittleTheySend() throws ScenarioInvalid {
        Scenario scenario = ScenarioFile.parse("""
                name: test
                description: {en: a test, zh: 测试}
                tenants: [{name: quiet, count: 20, tier: standard, receipts: none}]
                load: [{kind: singles, tenants: quiet, untilSeconds: 1, perSecond: 1}]
                """);
        Plan plan =
                new Planning(Tiers.builtIn(), CostModel.measured(), 19).plan(scenario, NINE, WhatIfs.WHEN_SHORT, 50);
        assertThat(plan.asItStands().calls()).isEqualTo(1);
        assertThat(plan.remarks()).containsExactly(new Remark.WithoutWhatIfs(19));
    }

    @Test
    void whoeverIsNotSentToCountsAmongTheCallsOfAPlanThatIsTooLongToVary() throws ScenarioInvalid {
        Tiers tiers = Tiers.builtIn().with("scarce", new Limits(Map.of(Limits.CALLS_PER_MONTH, 10L)));
        Scenario scenario = ScenarioFile.parse("""
                name: test
                description: {en: a test, zh: 测试}
                tenants: [{name: one, tier: scarce, people: 9000, receipts: none}]
                load:
                  - {kind: campaign, tenants: one, people: 5000}
                  - {kind: campaign, tenants: one, people: 4000, deliverWithinSeconds: 60}
                """);
        // 30 calls in three months, 60 for the others.
        assertThat(new Planning(tiers, CostModel.measured(), 89)
                        .plan(scenario, NINE, WhatIfs.WHEN_SHORT, 50)
                        .answers())
                .isEmpty();
        assertThat(new Planning(tiers, CostModel.measured(), 90)
                        .plan(scenario, NINE, WhatIfs.WHEN_SHORT, 50)
                        .answers())
                .isNotEmpty();
    }

    @Test
    void aPlanOfAScenarioWithASearchSaysThatItLooksForNothing() throws ScenarioInvalid {
        Scenario scenario = ScenarioFile.parse("""
                name: test
                description: {en: a test, zh: 测试}
                tenants: [{name: one, tier: standard}]
                load: [{kind: singles, tenants: one, untilSeconds: 1, perSecond: 1}]
                search: {fromPerSecond: 1, toPerSecond: 2}
                """);
        Plan plan = new Planning(Tiers.builtIn(), CostModel.measured()).plan(scenario, NINE, WhatIfs.NEVER, 50);
        assertThat(text(plan, Language.EN)).contains("search of this scenario has no part in a plan");
        assertThat(text(plan, Language.ZH)).contains("推算不含场景中的 search");
    }

    @Test
    void nothingIsMissedWhereItWasAskedForOrRefusedOrIsThere() throws ScenarioInvalid {
        assertThat(plan("", WhatIfs.WHEN_SHORT, 20).remarks()).isEmpty();
        assertThat(plan("", WhatIfs.ALWAYS, 19).remarks()).isEmpty();
        assertThat(plan("", WhatIfs.NEVER, 19).remarks()).isEmpty();
        assertThat(plan("", WhatIfs.ALWAYS, 19).answers()).isNotEmpty();
    }

    @Test
    void aPlanOfAScenarioWithFaultsSaysThatItHasNone() throws ScenarioInvalid {
        Plan plan = plan(FAULT, WhatIfs.NEVER, 20);
        assertThat(text(plan, Language.EN)).contains("faults of this scenario have no part in a plan");
        assertThat(text(plan, Language.ZH)).contains("推算不含场景中的故障");
        assertThat(new PlanPage(plan).html()).contains("have no part in a plan", "推算不含场景中的故障");
    }

    @Test
    void aPlanWithPeopleUnknownToThePlatformSaysHowTheyAreCounted() throws ScenarioInvalid {
        Scenario scenario = ScenarioFile.parse("""
                name: test
                description: {en: a test, zh: 测试}
                tenants: [{name: one, tier: standard, people: 100, receipts: none}]
                load: [{kind: campaign, tenants: one, people: 100, unknownShare: 0.1}]
                """);
        Plan plan = new Planning(Tiers.builtIn(), CostModel.measured()).plan(scenario, NINE, WhatIfs.NEVER, 50);
        assertThat(plan.asItStands().sent()).isEqualTo(100);
        assertThat(text(plan, Language.EN)).contains("counted as sent");
        assertThat(text(plan, Language.ZH)).contains("计为已发送");
    }

    @Test
    void aPlanOfADeadlineThatTheLimitsAloneMakeHopelessSaysThatItIsRefused() throws ScenarioInvalid {
        Scenario scenario = ScenarioFile.parse("""
                name: test
                description: {en: a test, zh: 测试}
                tenants: [{name: one, tier: standard, people: 15000, receipts: none}]
                load: [{kind: campaign, tenants: one, people: 15000, deliverWithinSeconds: 60}]
                """);
        Plan plan = new Planning(Tiers.builtIn(), CostModel.measured()).plan(scenario, NINE, WhatIfs.NEVER, 50);
        assertThat(text(plan, Language.EN)).contains("15,000 people are refused");
        assertThat(text(plan, Language.ZH)).contains("15,000 人会被直接拒绝");
    }

    @Test
    void aPlanOfAPlatformWithOtherLimitsSaysThatItGoesByTheTiers() throws ScenarioInvalid {
        Scenario scenario = ScenarioFile.parse("""
                name: test
                description: {en: a test, zh: 测试}
                stage: {platformLimits: {notice: {recipientsPerMinute: 100}}}
                tenants: [{name: one, tier: standard}]
                load: [{kind: singles, tenants: one, untilSeconds: 1, perSecond: 1}]
                """);
        Plan plan = new Planning(Tiers.builtIn(), CostModel.measured()).plan(scenario, NINE, WhatIfs.NEVER, 50);
        assertThat(text(plan, Language.EN)).contains("platformLimits of this scenario have no part in a plan");
        assertThat(text(plan, Language.ZH)).contains("推算不含场景中的 platformLimits");
    }

    private static String text(Plan plan, Language language) {
        return String.join("\n", new PlanText(plan, language).lines());
    }

    /** Of 20 calls. */
    private static Plan plan(String faults, WhatIfs whatIfs, long mostCallsToVary) throws ScenarioInvalid {
        String scenario = """
                name: test
                description: {en: a test, zh: 测试}
                tenants: [{name: bank, tier: standard, people: 2000, receipts: none}]
                load: [{kind: campaign, tenants: bank, people: 2000}]
                %s
                """.formatted(faults);
        return new Planning(Tiers.builtIn(), CostModel.measured(), mostCallsToVary)
                .plan(ScenarioFile.parse(scenario), NINE, whatIfs, 50);
    }
}
