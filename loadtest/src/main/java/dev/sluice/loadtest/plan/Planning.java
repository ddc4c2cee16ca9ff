package dev.sluice.loadtest.plan;

import dev.sluice.loadtest.plan.Plan.Answer;
import dev.sluice.loadtest.scenario.Scenario;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** All the runs in virtual time that a plan is made of. */
public final class Planning {
    /** A plan of more calls answers what was asked, and changes nothing unless told to: some seven more runs of it would take minutes. */
    private static final long MOST_CALLS_TO_VARY = 100_000;

    private final Tiers tiers;
    private final CostModel costs;
    private final long mostCallsToVary;

    /** What is asked beside the scenario. */
    public enum WhatIfs {
        ALWAYS,
        /** Unless the scenario is so large that it takes long. */
        WHEN_SHORT,
        NEVER
    }

    /** With these limits and costs. */
    public Planning(Tiers tiers, CostModel costs) {
        this(tiers, costs, MOST_CALLS_TO_VARY);
    }

    /** @param mostCallsToVary of a plan that says unasked what would change it */
    Planning(Tiers tiers, CostModel costs, long mostCallsToVary) {
        this.tiers = tiers;
        this.costs = costs;
        this.mostCallsToVary = mostCallsToVary;
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
        boolean tooLong = whatIfs == WhatIfs.WHEN_SHORT && asItStands.calls() > mostCallsToVary;
        List<Answer> answers = new ArrayList<>();
        if (whatIfs != WhatIfs.NEVER && !tooLong) {
            for (Variation variation : WhatIf.of(asItStands, peopleOfADepartment)) {
                answers.add(new Answer(variation, planner.run(scenario, start, variation)));
            }
        }
        Needs needs = Needs.of(planner.run(scenario, start, new Variation.Boundless()), costs, tiers);
        return new Plan(scenario, start, asItStands, remarks(scenario, tooLong), answers, needs);
    }

    private List<Remark> remarks(Scenario scenario, boolean tooLong) {
        List<Remark> remarks = new ArrayList<>();
        if (!scenario.faults().isEmpty()) {
            remarks.add(new Remark.WithoutFaults());
        }
        if (tooLong) {
            remarks.add(new Remark.WithoutWhatIfs(mostCallsToVary));
        }
        return remarks;
    }
}
