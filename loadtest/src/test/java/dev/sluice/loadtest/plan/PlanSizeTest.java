package dev.sluice.loadtest.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.loadtest.plan.Planning.WhatIfs;
import dev.sluice.loadtest.scenario.Scenario;
import dev.sluice.loadtest.scenario.ScenarioFile;
import dev.sluice.loadtest.scenario.ScenarioInvalid;
import org.junit.jupiter.api.Test;

class PlanSizeTest {
    private static final long GIB = 1L << 30;

    @Test
    void appsOfAllTenantsAreCountedHoweverManyTheyAre() throws ScenarioInvalid {
        Scenario huge = scenario("count: 22000, apps: 100", "kind: campaign").scaled(1_000);
        PlanSize size = PlanSize.of(huge, WhatIfs.NEVER);
        assertThat(size.apps()).isEqualTo(2_200_000_000L);
        assertThat(size.refusal(6 * GIB))
                .hasValueSatisfying(sentence -> assertThat(sentence)
                        .contains("2,200,000,000 apps", "Java has 6.0", "SLUICE_JAVA_OPTS=-Xmx")
                        .doesNotContain("--no-what-if"));
    }

    @Test
    void oneMoreAppTakesMemoryToo() throws ScenarioInvalid {
        Scenario many = scenario("count: 200000", "kind: campaign");
        assertThat(PlanSize.of(many, WhatIfs.ALWAYS).apps()).isEqualTo(400_000);
        assertThat(PlanSize.of(many, WhatIfs.ALWAYS).refusal(2 * GIB))
                .hasValueSatisfying(sentence -> assertThat(sentence).contains("--no-what-if"));
        assertThat(PlanSize.of(many, WhatIfs.NEVER).refusal(2 * GIB)).isEmpty();
        assertThat(PlanSize.of(many, WhatIfs.WHEN_SHORT).apps())
                .as("too many to vary unasked")
                .isEqualTo(200_000);
    }

    @Test
    void requestsAreThoseThatAreDueBetweenTheirTimes() throws ScenarioInvalid {
        Scenario ramp = scenario(
                "people: 10", "kind: singles, fromSeconds: 10, untilSeconds: 30, perSecond: 100, rampSeconds: 10");
        assertThat(PlanSize.of(ramp, WhatIfs.NEVER).requests()).isEqualTo(1_500);
        assertThat(PlanSize.of(ramp, WhatIfs.NEVER).refusal(GIB)).isEmpty();
    }

    @Test
    void aFloodIsRefused() throws ScenarioInvalid {
        Scenario flood = scenario("people: 10", "kind: singles, untilSeconds: 86400, perSecond: 1000000");
        assertThat(PlanSize.of(flood, WhatIfs.NEVER).refusal(GIB))
                .hasValueSatisfying(sentence -> assertThat(sentence).contains("86,400,000,000 requests", "--scale"));
    }

    @Test
    void campaignsThatTakeTooManyCallsAreRefused() throws ScenarioInvalid {
        Scenario everybody = scenario("count: 1000, people: 10000000", "kind: campaign, people: 10000000, contents: 3");
        assertThat(PlanSize.of(everybody, WhatIfs.NEVER).refusal(GIB))
                .hasValueSatisfying(sentence -> assertThat(sentence).contains("100,002,000 requests", "fewer people"));
        Scenario robots = scenario("people: 2000, channel: dingtalk-robot", "kind: campaign, people: 2000");
        assertThat(PlanSize.of(robots, WhatIfs.NEVER).requests())
                .as("20 people a call")
                .isEqualTo(100);
        Scenario oneByOne = scenario("people: 2000, peoplePerCall: 1", "kind: campaign, people: 2000");
        assertThat(PlanSize.of(oneByOne, WhatIfs.NEVER).requests()).isEqualTo(2_000);
    }

    private static Scenario scenario(String tenants, String load) throws ScenarioInvalid {
        return ScenarioFile.parse("""
                name: test
                description: {en: a test, zh: 测试}
                tenants: [{name: t, tier: standard, %s}]
                load: [{tenants: t, %s}]
                """.formatted(tenants, load));
    }
}
