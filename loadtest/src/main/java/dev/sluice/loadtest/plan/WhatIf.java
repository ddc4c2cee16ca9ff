package dev.sluice.loadtest.plan;

import dev.sluice.engine.channel.dingtalk.AdapterOptions.PeopleScope;
import dev.sluice.engine.model.ChannelKind;
import dev.sluice.loadtest.scenario.Load;
import dev.sluice.loadtest.scenario.LoadKind;
import dev.sluice.loadtest.scenario.Scenario;
import dev.sluice.loadtest.scenario.TenantGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The changes that somebody would ask about a scenario. Pure. */
final class WhatIf {
    /** As many as the platform takes in a call (asynchronous-sending-of-enterprise-session-messages, 2026-05-29). */
    private static final int DEPARTMENTS_PER_CALL = 20;
    /** More people in a call and the platform drops them all in silence (the same page). */
    private static final int MOST_PEOPLE_PER_CALL = 5_000;

    private WhatIf() {}

    /**
     * Of a scenario.
     *
     * @param asItStands what becomes of it
     * @param peopleOfADepartment on average
     */
    static List<Variation> of(Outcome asItStands, int peopleOfADepartment) {
        Scenario scenario = asItStands.scenario();
        List<Variation> asked = new ArrayList<>(upgrades(scenario));
        boolean notices = scenario.tenants().stream().anyMatch(group -> group.channel() == ChannelKind.DINGTALK_WORK);
        asked.addAll(apps(scenario, PeopleScope.ORGANISATION));
        if (notices) {
            asked.addAll(apps(scenario, PeopleScope.APP));
            if (campaigns(scenario).findAny().isPresent()) {
                asked.add(new Variation.Departments(
                        Math.min(MOST_PEOPLE_PER_CALL, DEPARTMENTS_PER_CALL * peopleOfADepartment)));
            }
            asked.add(new Variation.Robot());
        }
        int tenants = scenario.tenants().stream().mapToInt(TenantGroup::count).sum();
        if (tenants > 1 || asItStands.heldByAddresses()) {
            asked.add(new Variation.MoreAddresses(1));
        }
        return asked;
    }

    /** What several apps do for a campaign is one thing, and what one more does is another. */
    private static List<Variation> apps(Scenario scenario, PeopleScope scope) {
        Variation oneMore =
                new Variation.OneMoreApp(scope, campaigns(scenario).findAny().isPresent());
        boolean several = campaigns(scenario)
                .anyMatch(load -> scenario.group(load.tenants()).apps() > 1);
        return several ? List.of(new Variation.SplitCampaigns(scope), oneMore) : List.of(oneMore);
    }

    private static Stream<Load> campaigns(Scenario scenario) {
        return scenario.load().stream().filter(load -> load.kind() == LoadKind.CAMPAIGN);
    }

    /** Tenants of one tier can all go to the same one above it; of several tiers nobody may lose by what is called an upgrade. */
    private static List<Variation> upgrades(Scenario scenario) {
        List<String> tiers =
                scenario.tenants().stream().map(TenantGroup::tier).distinct().toList();
        if (tiers.size() == 1) {
            return Stream.iterate(Tiers.above(tiers.getFirst()), Optional::isPresent, tier -> Tiers.above(tier.get()))
                    .<Variation>map(tier -> new Variation.OtherTier(tier.get()))
                    .toList();
        }
        boolean anyBelowTheTop =
                tiers.stream().anyMatch(tier -> Tiers.above(tier).isPresent());
        return anyBelowTheTop ? List.of(new Variation.OneTierUp()) : List.of();
    }
}
