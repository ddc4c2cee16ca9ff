package dev.sluice.loadtest.plan.flow;

import java.util.Optional;

/** The campaigns of a tenant that fall to one of its apps. With several contents the people are shared out among as many campaigns. */
final class CampaignSteps implements LoadFlow.Steps {
    private final long micros;
    private final int people;
    private final int apps;
    private final int parts;
    private final int pieces;
    private int next;

    /**
     * @param people of the tenant in this load
     * @param campaigns among how many contents they are shared
     * @param app number of the app
     * @param apps how many take the campaigns in turn
     * @param parts into how many each campaign is cut, one for each app; 1: none is cut
     */
    CampaignSteps(long micros, int people, int campaigns, int app, int apps, int parts) {
        this.micros = micros;
        this.people = people;
        this.apps = apps;
        this.parts = parts;
        this.pieces = campaigns * parts;
        this.next = app;
    }

    @Override
    public Optional<LoadFlow.Step> next() {
        while (next < pieces) {
            LoadFlow.Step step = step(next);
            next += apps;
            if (step.people() > 0) {
                return Optional.of(step);
            }
        }
        return Optional.empty();
    }

    private LoadFlow.Step step(int piece) {
        long from = (long) people * piece / pieces;
        long to = (long) people * (piece + 1) / pieces;
        return new LoadFlow.Step(micros, piece / parts, (int) from, (int) (to - from));
    }
}
