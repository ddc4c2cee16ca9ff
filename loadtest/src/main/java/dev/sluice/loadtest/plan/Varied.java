package dev.sluice.loadtest.plan;

import dev.sluice.loadtest.scenario.Scenario;
import dev.sluice.loadtest.scenario.StageSpec;
import dev.sluice.loadtest.scenario.TenantGroup;

/** A scenario with what a variation changes in it. */
final class Varied {
    private Varied() {}

    static Scenario of(Scenario scenario, Variation variation) {
        StageSpec stage = scenario.stage();
        return new Scenario(
                scenario.name(),
                scenario.descriptionEn(),
                scenario.descriptionZh(),
                scenario.seed(),
                new StageSpec(
                        stage.nodes(),
                        stage.platformLatency(),
                        stage.egressAddresses() + variation.moreAddresses(),
                        stage.receiptAfterMillis(),
                        stage.platformLimits()),
                scenario.tenants().stream().map(group -> of(group, variation)).toList(),
                scenario.load(),
                scenario.faults(),
                scenario.bounds(),
                scenario.search());
    }

    private static TenantGroup of(TenantGroup group, Variation variation) {
        return new TenantGroup(
                group.name(),
                group.count(),
                variation.tier().orElse(group.tier()),
                variation.channel().orElse(group.channel()),
                group.apps() + variation.moreApps(),
                group.people(),
                group.monthSpent(),
                group.receipts(),
                group.peoplePerCall());
    }
}
