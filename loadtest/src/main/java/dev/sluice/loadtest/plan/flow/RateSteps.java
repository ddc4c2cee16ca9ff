package dev.sluice.loadtest.plan.flow;

import dev.sluice.loadtest.scenario.Arrivals;
import dev.sluice.loadtest.scenario.Load;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * The requests of a load that fall to one lane: every so-manieth is its tenant's, since tenants take turns, and every so-manieth of these its app's. A tenant's apps
 * share its arrivals and its people: whichever app a request goes through, the next one is for the next of them.
 */
final class RateSteps implements LoadFlow.Steps {
    /** From here on a sum of equal waits is as good as normal. */
    private static final int MANY = 64;

    private final Load load;
    private final Turn turn;
    private final int members;
    private final RandomGenerator random;
    private long number;
    private double arrived;
    /** What is left of a request whose people begin again with the first. */
    private Optional<LoadFlow.Step> again = Optional.empty();

    /**
     * Whose requests.
     *
     * @param tenant number of the tenant
     * @param tenants how many take turns
     * @param app number of its app
     * @param apps how many it has
     */
    record Turn(int tenant, int tenants, int app, int apps) {}

    /**
     * @param members people of the organisation
     * @param random of the tenant: from the same beginning for each of its apps, so that one more changes no arrival
     */
    RateSteps(Load load, Turn turn, int members, RandomGenerator random) {
        this.load = load;
        this.turn = turn;
        // Whom the platform does not know comes after the last member.
        this.members = Math.max(members, load.audience().people());
        this.random = random;
        this.number = turn.tenant();
        this.arrived = waits(turn.tenant());
        goOn(turn.app());
    }

    @Override
    public Optional<LoadFlow.Step> next() {
        Optional<LoadFlow.Step> next = again.isPresent() ? again : request();
        again = again.isPresent() ? Optional.empty() : next.flatMap(this::beyondTheLast);
        return next.map(this::upToTheLast);
    }

    /** Members follow each other round the organisation: the part of a request from the first on, if there is one. */
    private Optional<LoadFlow.Step> beyondTheLast(LoadFlow.Step step) {
        int beyond = step.firstPerson() + step.people() - members;
        return beyond > 0 ? Optional.of(new LoadFlow.Step(step.micros(), step.content(), 0, beyond)) : Optional.empty();
    }

    private LoadFlow.Step upToTheLast(LoadFlow.Step step) {
        int people = Math.min(step.people(), members - step.firstPerson());
        return new LoadFlow.Step(step.micros(), step.content(), step.firstPerson(), people);
    }

    private Optional<LoadFlow.Step> request() {
        double seconds = load.timing().secondsOf(arrived);
        if (seconds == Double.POSITIVE_INFINITY) {
            return Optional.empty();
        }
        int people = load.audience().people();
        long round = number / turn.tenants();
        int first = (int) (round * people % members);
        LoadFlow.Step step = new LoadFlow.Step(Math.round(seconds * 1e6), number, first, people);
        goOn(turn.apps());
        return Optional.of(step);
    }

    private void goOn(int rounds) {
        for (int i = 0; i < rounds; i++) {
            number += turn.tenants();
            arrived += waits(turn.tenants());
        }
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
