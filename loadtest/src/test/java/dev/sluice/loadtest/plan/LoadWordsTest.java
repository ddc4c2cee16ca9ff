package dev.sluice.loadtest.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.loadtest.chart.Label;
import dev.sluice.loadtest.scenario.ScenarioFile;
import dev.sluice.loadtest.scenario.ScenarioInvalid;
import org.junit.jupiter.api.Test;

class LoadWordsTest {
    @Test
    void aLoadIsNamedInTheLanguageOfWhoReads() throws ScenarioInvalid {
        assertThat(ScenarioFile.parse("""
                        name: test
                        description: {en: a test, zh: 测试}
                        tenants: [{name: bank, tier: standard, people: 100}]
                        load:
                          - {kind: campaign, tenants: bank, people: 100}
                          - {kind: bulk, tenants: bank, untilSeconds: 5, perSecond: 1, people: 5}
                          - {kind: singles, tenants: bank, untilSeconds: 5, perSecond: 1, priority: critical}
                        """).load())
                .extracting(LoadWords::of)
                .containsExactly(
                        new Label("bank: campaign, bulk", "bank：群发，批量级"),
                        new Label("bank: bulk, transactional", "bank：批量，事务级"),
                        new Label("bank: singles, critical", "bank：单发，紧急级"));
    }
}
