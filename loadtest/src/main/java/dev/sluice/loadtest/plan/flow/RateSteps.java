package dev.sluice.loadtest.plan.flow;

import dev.sluice.loadtest.scenario.Arrivals;
import dev.sluice.loadtest.scenario.Load;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** The requests of a load that fall to one lane: every so-manieth, since tenants and apps take turns. */
final class RateSteps implements LoadFlow.Steps {
    /** From here on a sum of equal waits is as good as normal. */
    private static final int MANY = 64;

    private final Load load;
    private final int tenants;
    private final int lanes;
    private final int members;
    private final RandomGenerator random;
    private long number;
    private double arrived;

    /**
     * @param lane number of this lane among those that take turns: all tenants with their first app, then all with their second ...
     * @param tenants how many take turns
     * @param lanes how many there are, each tenant's apps together
     * @param members people of the organisation
     */
    RateSteps(Load load, int lane, int tenants, int lanes, int members, RandomGenerator random) {
        this.load = load;
        this.tenants = tenants;
        this.lanes = lanes;
        this.members = members;
        this.random = random;
        this.number = lane;
        this.arrived = waits(lane);
    }

    @Override
    public Optional<LoadFlow.Step> next() {
        double seconds = load.timing().secondsOf(arrived);
        if (seconds == Double.POSITIVE_INFINITY) {
            return Optional.empty();
        }
        int people = Math.min(load.audience().people(), members);
        // A tenant's apps share its people: whichever app it goes through, the next request is for the next of them.
        long round = number / tenants;
        int first = (int) (round * people % Math.max(1, members - people + 1));
        LoadFlow.Step step = new LoadFlow.Step(Math.round(seconds * 1e6), number, first, people);
        number += lanes;
        arrived += waits(lanes);
        return Optional.of(step);
    }

    /** So many waits of one each on average. */
    private double waits(int count) {
        if (load.timing().arrivals() == Arrivals.CONSTANT) {
            return count;
        }
        if (count > MANY) {
            return Math.max(0, count + Math.sqrt(count) * random.nextGaussian());
        }
        double sum = 0;
        for (int i = 0; i < count; i++) {
            sum += random.nextExponential();
        }
        return sum;
    }
}
