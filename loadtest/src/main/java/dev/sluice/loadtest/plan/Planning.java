package dev.sluice.loadtest.plan;

import dev.sluice.loadtest.plan.Plan.Answer;
import dev.sluice.loadtest.scenario.Scenario;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** All the runs in virtual time that a plan is made of. */
public final class Planning {
    /** A plan of more calls or apps answers what was asked, and changes nothing unless told to: some seven more runs of it would take minutes. */
    static final long MOST_TO_VARY = 100_000;

    private final Tiers tiers;
    private final CostModel costs;
    private final long mostToVary;

    /** What is asked beside the scenario. */
    public enum WhatIfs {
        ALWAYS,
        /** Unless the scenario is so large that it takes long. */
        WHEN_SHORT,
        NEVER
    }

    /** With these limits and costs. */
    public Planning(Tiers tiers, CostModel costs) {
        this(tiers, costs, MOST_TO_VARY);
    }

    /** @param mostToVary calls, and apps, of a plan that says unasked what would change it */
    Planning(Tiers tiers, CostModel costs, long mostToVary) {
        this.tiers = tiers;
        this.costs = costs;
        this.mostToVary = mostToVary;
    }

    /**
     * Answers.
     *
     * @param start wall time of second 0
     * @param peopleOfADepartment on average, for calls that name departments
     */
    public Plan plan(Scenario scenario, Instant start, WhatIfs whatIfs, int peopleOfADepartment) {
        Planner planner = new Planner(tiers, costs);
        Outcome asItStands = planner.run(scenario, start, new Variation.AsItStands());
        long size = Math.max(calls(asItStands), PlanSize.apps(scenario));
        boolean tooLong = whatIfs == WhatIfs.WHEN_SHORT && size > mostToVary;
        List<Answer> answers = new ArrayList<>();
        if (whatIfs != WhatIfs.NEVER && !tooLong) {
            for (Variation variation : WhatIf.of(asItStands, peopleOfADepartment)) {
                answers.add(new Answer(variation, planner.run(scenario, start, variation)));
            }
        }
        Needs needs = Needs.of(planner.run(scenario, start, new Variation.Boundless()), costs, tiers);
        return new Plan(scenario, start, asItStands, remarks(scenario, asItStands, tooLong), answers, needs);
    }

    /** Those that it makes, and full ones for whoever is not sent to, since with something changed they may be. */
    private static long calls(Outcome asItStands) {
        return asItStands.calls()
                + (asItStands.waiting() + asItStands.expired() + asItStands.cancelled()) / PlanSize.FULL_CALL;
    }

    private List<Remark> remarks(Scenario scenario, Outcome asItStands, boolean tooLong) {
        List<Remark> remarks = new ArrayList<>();
        if (!scenario.faults().isEmpty()) {
            remarks.add(new Remark.WithoutFaults());
        }
        if (scenario.search().isPresent()) {
            remarks.add(new Remark.WithoutSearch());
        }
        if (!scenario.stage().platformLimits().isEmpty()) {
            remarks.add(new Remark.WithoutPlatformLimits());
        }
        if (scenario.load().stream().anyMatch(load -> load.audience().unknownShare() > 0)) {
            remarks.add(new Remark.WithUnknown());
        }
        if (asItStands.refused() > 0) {
            remarks.add(new Remark.WithRefused(asItStands.refused()));
        }
        if (asItStands.waiting() > 0) {
            remarks.add(new Remark.CutShort(Planner.MOST_DAYS));
        }
        if (tooLong) {
            remarks.add(new Remark.WithoutWhatIfs(mostToVary));
        }
        return remarks;
    }
}
