package dev.sluice.loadtest.plan.flow;

import dev.sluice.loadtest.plan.virtual.Flow;
import dev.sluice.loadtest.plan.virtual.Stock;
import dev.sluice.loadtest.scenario.Load;
import dev.sluice.loadtest.scenario.Scenario;
import dev.sluice.loadtest.scenario.TenantGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Predicate;

/** The submissions of a scenario, lane by lane. */
public final class Flows {
    private static final double SECOND_MICROS = 1e6;

    private final Scenario scenario;
    private final long startMillis;
    private final int campaignParts;

    /**
     * @param startMillis wall time of the scenario's second 0
     * @param cutCampaigns whether a campaign is cut into a part for each app of its tenant
     */
    public Flows(Scenario scenario, long startMillis, boolean cutCampaigns) {
        this.scenario = scenario;
        this.startMillis = startMillis;
        this.campaignParts = cutCampaigns ? 0 : 1;
    }

    /**
     * What reaches one app of one tenant.
     *
     * @param taken whether the engine takes a submission when it arrives; asked once of each, in the order of a load
     */
    public List<Flow> of(TenantGroup group, int tenant, int app, Predicate<Stock.Order> taken) {
        List<Flow> flows = new ArrayList<>();
        for (int i = 0; i < scenario.load().size(); i++) {
            Load load = scenario.load().get(i);
            if (load.tenants().equals(group.name())) {
                flows.add(new LoadFlow(startMillis, shape(i, tenant, load), steps(i, load, group, tenant, app), taken));
            }
        }
        return flows;
    }

    private LoadFlow.Shape shape(int number, int tenant, Load load) {
        return new LoadFlow.Shape(
                number,
                tenant,
                load.priority(),
                Math.round(load.deliverWithinSeconds() * 1_000),
                Math.round(load.cancelAfterSeconds() * 1_000),
                load.contents(),
                load.contents().repeat() || scenario.sharesContents(load));
    }

    private LoadFlow.Steps steps(int number, Load load, TenantGroup group, int tenant, int app) {
        return load.kind().hasRate()
                ? new RateSteps(
                        load,
                        new RateSteps.Turn(tenant, group.count(), app, group.apps()),
                        group.people(),
                        new SplittableRandom(scenario.seed() ^ ((long) number << Integer.SIZE | tenant)))
                : new CampaignSteps(
                        Math.round(load.timing().fromSeconds() * SECOND_MICROS),
                        load.audience().people(),
                        load.contents().count(),
                        app,
                        group.apps(),
                        campaignParts == 0 ? group.apps() : campaignParts);
    }
}
