package dev.sluice.loadtest.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.loadtest.scenario.ScenarioFile;
import dev.sluice.loadtest.scenario.ScenarioInvalid;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What a plan makes of people who are asked to get the same content again. */
class EqualContentsTest {
    private static final Instant NINE = Instant.parse("2026-11-23T01:00:00Z");

    @Test
    void contentsOfOneNameAreTheSameInWhicheverLoadThoughEachRequestHasItsOwn() throws ScenarioInvalid {
        Outcome outcome = run(
                "people: 60",
                "kind: singles, untilSeconds: 8, perSecond: 5, content: news",
                "kind: singles, fromSeconds: 10, untilSeconds: 20, perSecond: 5, content: news");
        assertThat(outcome.loads().get(0).sent()).isEqualTo(40);
        assertThat(outcome.loads().get(1).suppressed()).as("the same forty").isEqualTo(40);
        assertThat(outcome.loads().get(1).sent())
                .as("whom nobody sent it before")
                .isEqualTo(10);
    }

    @Test
    void whomTheMonthHadNoCallForDidNotGetItToday() throws ScenarioInvalid {
        // 130 calls are left, 100 of them the reserve: bulk ends after 30.
        Outcome outcome = run(
                "people: 4000, monthSpent: 0.987",
                "kind: campaign, people: 4000, content: news",
                "kind: campaign, people: 4000, content: news, priority: transactional, fromSeconds: 60");
        assertThat(outcome.loads().get(1).suppressed()).isEqualTo(3_000);
        assertThat(outcome.loads().get(1).sent()).isEqualTo(1_000);
    }

    @Test
    void whoGotItStaysMarkedWhereTheMonthRefusesTheOthersOfTheirCall() throws ScenarioInvalid {
        // 101 calls are left, 100 of them the reserve: the first takes the one that bulk could have had.
        Outcome outcome = run(
                "people: 100, monthSpent: 0.9899",
                "kind: campaign, people: 50, content: news, priority: transactional",
                "kind: campaign, people: 100, content: news, fromSeconds: 5",
                "kind: campaign, people: 50, content: news, priority: critical, fromSeconds: 10");
        assertThat(outcome.loads().get(0).sent()).isEqualTo(50);
        assertThat(outcome.loads().get(1).suppressed()).isEqualTo(50);
        assertThat(outcome.loads().get(2).suppressed()).isEqualTo(50);
    }

    @Test
    void nobodyTravelsTwiceInACallWhereAChannelTakesTheSameContentAgain() throws ScenarioInvalid {
        Outcome outcome = run(
                "people: 2, channel: dingtalk-robot",
                "kind: singles, untilSeconds: 10, perSecond: 60, contents: 1, priority: critical");
        assertThat(outcome.sent()).isEqualTo(600);
        assertThat(outcome.calls()).isGreaterThanOrEqualTo(300);
        assertThat(outcome.lastMicros() / 1e6).as("20 calls a second").isGreaterThan(15);
    }

    private static Outcome run(String tenant, String... loads) throws ScenarioInvalid {
        StringBuilder yaml = new StringBuilder("""
                name: test
                description: {en: a test, zh: 测试}
                stage: {platformLatency: {fromMillis: 20, toMillis: 60}}
                tenants: [{name: t, tier: standard, receipts: none, %s}]
                load:
                """.formatted(tenant));
        for (String load : loads) {
            yaml.append("  - {tenants: t, ").append(load).append("}\n");
        }
        return new Planner(Tiers.builtIn(), CostModel.measured())
                .run(ScenarioFile.parse(yaml.toString()), NINE, new Variation.AsItStands());
    }
}
