package dev.sluice.loadtest.plan;

import dev.sluice.engine.model.ChannelKind;
import dev.sluice.engine.model.PriorityClass;
import dev.sluice.engine.model.ReceiptPolicy;
import dev.sluice.loadtest.scenario.Arrivals;
import dev.sluice.loadtest.scenario.Audience;
import dev.sluice.loadtest.scenario.Bounds;
import dev.sluice.loadtest.scenario.Contents;
import dev.sluice.loadtest.scenario.Expectation;
import dev.sluice.loadtest.scenario.Load;
import dev.sluice.loadtest.scenario.LoadKind;
import dev.sluice.loadtest.scenario.Scenario;
import dev.sluice.loadtest.scenario.StageSpec;
import dev.sluice.loadtest.scenario.TenantGroup;
import dev.sluice.loadtest.scenario.Timing;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A scenario of a size that nobody runs: equal tenants that all send a campaign at once. */
public final class Paper {
    private Paper() {}

    /** As many tenants as a group has, with as many people each. */
    public static Scenario of(TenantGroup group) {
        return of(group.count(), (long) group.count() * group.people(), group.tier());
    }

    /** So many tenants of a tier that send to so many people together, or to a few more: all have as many, and nobody is left out. */
    public static Scenario of(int tenants, long people, String tier) {
        int each = (int) Math.ceilDiv(people, tenants);
        long together = (long) each * tenants;
        return new Scenario(
                "on-paper",
                tenants == 1
                        ? "A tenant of tier %s sends a campaign to %,d people.".formatted(tier, each)
                        : "%,d tenants of tier %s send a campaign to %,d people each at once, %,d together."
                                .formatted(tenants, tier, each, together),
                "%,d 个 %s 套餐租户同时各向 %,d 人群发，合计 %,d 人。".formatted(tenants, tier, each, together),
                1,
                new StageSpec(1, new StageSpec.LatencyRange(20, 60), 1, 10_000, Map.of()),
                List.of(new TenantGroup(
                        "tenant",
                        tenants,
                        tier,
                        ChannelKind.DINGTALK_WORK,
                        1,
                        each,
                        0,
                        ReceiptPolicy.NONE,
                        0,
                        Optional.empty())),
                List.of(new Load(
                        LoadKind.CAMPAIGN,
                        "tenant",
                        new Timing(0, 0, 0, Arrivals.CONSTANT, 0),
                        new Audience(each, 0, 0),
                        new Contents("campaign", 1),
                        PriorityClass.BULK,
                        0,
                        0,
                        Expectation.SETTLED)),
                List.of(),
                new Bounds(0, 0, 0, 0),
                Optional.empty());
    }
}
