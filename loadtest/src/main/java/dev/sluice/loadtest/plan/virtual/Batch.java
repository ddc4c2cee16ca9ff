package dev.sluice.loadtest.plan.virtual;

import dev.sluice.engine.model.PriorityClass;
import dev.sluice.engine.quota.LaneGates.PeopleRule;
import dev.sluice.engine.scheduling.queue.ServiceOrder;
import dev.sluice.loadtest.plan.virtual.Stock.Portion;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The people of one call: taken in order of urgency, vetted, and topped up for those who may not go, as the engine does. */
final class Batch {
    /** As often as the engine tops up. */
    private static final int MOST_TOP_UPS = 6;

    private final VirtualWorld world;
    private final ServiceOrder<Stock> order;
    private final LaneWindow window;
    private final Optional<PeopleRule> rule;
    private final int lowestClass;
    private final List<Portion> portions = new ArrayList<>(1);

    Batch(
            VirtualWorld world,
            ServiceOrder<Stock> order,
            LaneWindow window,
            Optional<PeopleRule> rule,
            int lowestClass) {
        this.world = world;
        this.order = order;
        this.window = window;
        this.rule = rule;
        this.lowestClass = lowestClass;
    }

    List<Portion> portions() {
        return portions;
    }

    int people() {
        return portions.stream().mapToInt(Portion::people).sum();
    }

    PriorityClass mostUrgent() {
        return portions.stream()
                .map(one -> one.of().order().priority())
                .min(PriorityClass::compareTo)
                .orElse(PriorityClass.BULK);
    }

    /** Takes so many people with the leader's content. */
    void take(Stock leader, int people) {
        int missing = people;
        for (int round = 0; round <= MOST_TOP_UPS && missing > 0; round++) {
            List<Portion> taken = takeWithContentOf(leader, missing);
            if (taken.isEmpty()) {
                return;
            }
            missing = 0;
            for (Portion portion : taken) {
                missing += vet(distinct(portion));
            }
        }
    }

    private List<Portion> takeWithContentOf(Stock leader, int people) {
        List<Portion> taken = new ArrayList<>(1);
        int missing = people;
        Stock next = order.leader(leader.order().contentHash(), lowestClass);
        while (next != null && missing > 0) {
            order.unlist(next);
            Portion portion = next.take(Math.min(missing, next.readyCount()));
            order.served(next, portion.people());
            order.list(next);
            taken.add(portion);
            missing -= portion.people();
            next = order.leader(leader.order().contentHash(), lowestClass);
        }
        return taken;
    }

    /** Nobody travels twice in a call: whoever is in it already waits for another one, and who stands behind them in their submission too. */
    private Portion distinct(Portion portion) {
        int first = portion.firstPerson();
        int people = portion.people();
        for (Portion one : portions) {
            if (one.firstPerson() < first + people && first < one.firstPerson() + one.people()) {
                people = Math.max(0, one.firstPerson() - first);
            }
        }
        putBack(new Portion(portion.of(), first + people, portion.people() - people));
        return new Portion(portion.of(), first, people);
    }

    /** Lets those travel who may; how many may not. */
    private int vet(Portion portion) {
        Stock.Order asked = portion.of().order();
        MemoryPeople.Verdicts verdicts = rule.isEmpty()
                ? MemoryPeople.Verdicts.all(portion.people())
                : world.people(rule.get())
                        .admit(
                                asked.repeats() ? asked.contentHash() : MemoryPeople.UNIQUE,
                                portion.firstPerson(),
                                portion.firstPerson() + portion.people());
        int refused = portion.people() - verdicts.go();
        if (refused > 0) {
            window.settled(portion.of(), refused);
            world.witness().suppressed(portion.of(), refused, world.time().nowMicros());
        }
        if (verdicts.go() > 0) {
            // As if those who may not go were the first of them, as of a file that goes on where another ended.
            portions.add(new Portion(portion.of(), portion.firstPerson() + refused, verdicts.go()));
        }
        return refused;
    }

    /** Nobody goes after all: who was marked for today is so no more. */
    void putBack() {
        for (int i = portions.size() - 1; i >= 0; i--) {
            Portion portion = portions.get(i);
            rule.ifPresent(
                    one -> world.people(one).takeBack(portion.firstPerson(), portion.firstPerson() + portion.people()));
            putBack(portion);
        }
    }

    private void putBack(Portion portion) {
        if (portion.people() > 0) {
            order.unlist(portion.of());
            order.returned(portion.of(), portion.people());
            portion.of().putBack(portion);
            order.list(portion.of());
        }
    }
}
