package dev.sluice.loadtest.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.loadtest.scenario.Scenario;
import dev.sluice.loadtest.scenario.ScenarioFile;
import dev.sluice.loadtest.scenario.ScenarioInvalid;
import dev.sluice.loadtest.scenario.TenantGroup;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which changes a plan asks about. */
class WhatIfTest {
    @Test
    void tenantsOfOneTierAreAskedAboutEachTierAboveItByName() {
        assertThat(upgrades("standard", "standard"))
                .containsExactly(new Variation.OtherTier("professional"), new Variation.OtherTier("enterprise"));
        assertThat(upgrades("enterprise", "enterprise")).isEmpty();
    }

    @Test
    void ofSeveralTiersEachGoesOneUpAndNobodyDown() {
        assertThat(upgrades("standard", "professional", "enterprise")).containsExactly(new Variation.OneTierUp());
        assertThat(tiersAfter("standard", "professional", "enterprise"))
                .containsExactly("professional", "enterprise", "enterprise");
    }

    @Test
    void anUpgradeIsOfferedWhicheverGroupComesFirst() {
        assertThat(upgrades("enterprise", "standard")).containsExactly(new Variation.OneTierUp());
        assertThat(tiersAfter("enterprise", "standard")).containsExactly("enterprise", "professional");
    }

    @Test
    void eachGoesUpInItsOwnPriceTable() {
        assertThat(tiersAfter("standard-2025-11", "standard")).containsExactly("professional-2025-11", "professional");
    }

    @Test
    void whereEverybodyHasTheHighestThereIsNoUpgrade() {
        assertThat(upgrades("enterprise", "professional-2025-11")).isEmpty();
    }

    private static List<Variation> upgrades(String... tiers) {
        return WhatIf.of(scenario(tiers), 50).stream()
                .filter(asked -> asked instanceof Variation.OtherTier || asked instanceof Variation.OneTierUp)
                .toList();
    }

    private static List<String> tiersAfter(String... tiers) {
        return new Variation.OneTierUp()
                .of(scenario(tiers)).tenants().stream().map(TenantGroup::tier).toList();
    }

    private static Scenario scenario(String... tiers) {
        StringBuilder yaml = new StringBuilder("name: test\ndescription: {en: a test, zh: 测试}\ntenants:\n");
        for (int i = 0; i < tiers.length; i++) {
            yaml.append("  - {name: group-%d, tier: %s}\n".formatted(i, tiers[i]));
        }
        yaml.append("load:\n  - {kind: campaign, tenants: group-0, people: 100}\n");
        try {
            return ScenarioFile.parse(yaml.toString());
        } catch (ScenarioInvalid wrong) {
            throw new IllegalArgumentException(wrong);
        }
    }
}
