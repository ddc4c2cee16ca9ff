package dev.sluice.loadtest.plan.flow;

import java.util.Iterator;
import java.util.Optional;
import java.util.stream.IntStream;

/** The campaigns of a tenant that fall to one of its apps. With several contents the people are shared out among as many campaigns. */
final class CampaignSteps implements LoadFlow.Steps {
    private final Iterator<LoadFlow.Step> steps;

    /**
     * @param people of the tenant in this load
     * @param campaigns among how many contents they are shared
     * @param app number of the app
     * @param apps how many take the campaigns in turn
     * @param parts into how many each campaign is cut, one for each app; 1: none is cut
     */
    CampaignSteps(long micros, int people, int campaigns, int app, int apps, int parts) {
        int pieces = campaigns * parts;
        this.steps = IntStream.range(0, pieces)
                .filter(piece -> piece % apps == app)
                .mapToObj(piece -> {
                    long from = (long) people * piece / pieces;
                    long to = (long) people * (piece + 1) / pieces;
                    int content = piece / parts;
                    return new LoadFlow.Step(micros, content, (int) from, (int) (to - from));
                })
                .filter(step -> step.people() > 0)
                .iterator();
    }

    @Override
    public Optional<LoadFlow.Step> next() {
        return steps.hasNext() ? Optional.of(steps.next()) : Optional.empty();
    }
}
