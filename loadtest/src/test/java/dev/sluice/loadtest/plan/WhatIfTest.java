package dev.sluice.loadtest.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.model.ChannelKind;
import dev.sluice.engine.model.Limits;
import dev.sluice.loadtest.scenario.Scenario;
import dev.sluice.loadtest.scenario.ScenarioFile;
import dev.sluice.loadtest.scenario.ScenarioInvalid;
import dev.sluice.loadtest.scenario.TenantGroup;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which changes a plan asks about. */
class WhatIfTest {
    private static final Instant NINE = Instant.parse("2026-11-23T01:00:00Z");
    private static final Tiers TIERS =
            Tiers.builtIn().with("narrow", new Limits(Map.of(Limits.CALLS_PER_IP_AND_20S, 100L)));

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

    @Test
    void anotherAddressIsOfferedToOneTenantThatMakesMoreCallsThanAnAddressMay() {
        assertThat(asked(oneTenant(10))).contains(new Variation.MoreAddresses(1));
        assertThat(asked(oneTenant(1))).doesNotContain(new Variation.MoreAddresses(1));
    }

    @Test
    void anotherAddressIsOfferedWhereSeveralTenantsShareOne() {
        assertThat(asked(scenario("standard", "standard"))).contains(new Variation.MoreAddresses(1));
        assertThat(asked(scenario("standard"))).doesNotContain(new Variation.MoreAddresses(1));
    }

    @Test
    void whereACampaignHasSeveralAppsToChooseFromSplittingItIsAskedAboutApartFromOneMore() {
        assertThat(apps("apps: 2", "kind: campaign"))
                .containsExactly(
                        "campaigns split among the apps",
                        "one more app, campaigns split",
                        "campaigns split among the apps, if people a minute count by app",
                        "one more app, campaigns split, if people a minute count by app");
        assertThat(apps("apps: 1", "kind: campaign"))
                .containsExactly(
                        "one more app, campaigns split",
                        "one more app, campaigns split, if people a minute count by app");
        assertThat(apps("apps: 2", "kind: singles, untilSeconds: 1, perSecond: 1"))
                .containsExactly("one more app", "one more app, if people a minute count by app");
    }

    private static List<String> apps(String tenant, String load) {
        Scenario scenario = parse("""
                name: test
                description: {en: a test, zh: 测试}
                tenants: [{name: one, tier: standard, %s}]
                load: [{tenants: one, %s}]
                """.formatted(tenant, load));
        return asked(scenario).stream()
                .map(variation -> variation.name().english())
                .filter(name -> name.contains("app"))
                .toList();
    }

    @Test
    void theRobotTakesThePlaceOfWorkNoticesOnly() {
        Scenario robots = new Variation.Robot().of(parse("""
                name: test
                description: {en: a test, zh: 测试}
                tenants:
                  - {name: notices, tier: standard}
                  - {name: chat, tier: standard, channel: dingtalk-webhook}
                load:
                  - {kind: campaign, tenants: notices, people: 100}
                  - {kind: singles, tenants: chat, untilSeconds: 1, perSecond: 1}
                """));
        assertThat(robots.tenants())
                .extracting(TenantGroup::channel)
                .containsExactly(ChannelKind.DINGTALK_ROBOT, ChannelKind.DINGTALK_WEBHOOK);
    }

    private static List<Variation> asked(Scenario scenario) {
        Planner planner = new Planner(TIERS, CostModel.measured());
        return WhatIf.of(planner.run(scenario, NINE, new Variation.AsItStands()), 50);
    }

    private static List<Variation> upgrades(String... tiers) {
        return asked(scenario(tiers)).stream()
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
        return parse(yaml.toString());
    }

    /** Whose address may make 5 calls a second. */
    private static Scenario oneTenant(int callsPerSecond) {
        return parse("""
                name: test
                description: {en: a test, zh: 测试}
                tenants:
                  - {name: one, tier: narrow, apps: 2}
                load:
                  - {kind: singles, tenants: one, untilSeconds: 20, perSecond: %d, priority: critical}
                """.formatted(callsPerSecond));
    }

    private static Scenario parse(String yaml) {
        try {
            return ScenarioFile.parse(yaml);
        } catch (ScenarioInvalid wrong) {
            throw new IllegalArgumentException(wrong);
        }
    }
}
