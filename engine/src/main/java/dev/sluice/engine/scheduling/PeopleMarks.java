package dev.sluice.engine.scheduling;

import dev.sluice.engine.model.DeliveryState;
import dev.sluice.engine.quota.PeopleDay;
import dev.sluice.engine.quota.PeopleGate;
import dev.sluice.engine.scheduling.queue.Pending;
import dev.sluice.engine.sending.OutcomePolicy.Consequence;
import dev.sluice.engine.sending.Verdict;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The day's marks of those who travel: made before their call, and taken back of people who provably got nothing, so that they may be sent to again. */
final class PeopleMarks {
    private static final Logger log = LoggerFactory.getLogger(PeopleMarks.class);

    private final LanePorts ports;

    PeopleMarks(LanePorts ports) {
        this.ports = ports;
    }

    /** Marks those who may get the content today, as {@link PeopleGate#admit} says. */
    Future<List<PeopleGate.Verdict>> make(PeopleDay day, UUID contentHash, List<Pending> people) {
        return ports.people().admit(day, contentHash, travellers(people));
    }

    /** Of whom a call left out; never fails. Before they may go again, so that a late return does not take a new mark away. */
    Future<Void> takeBackNotSent(Flight flight, Consequence consequence) {
        List<Pending> notSent = new ArrayList<>();
        for (int i = 0; i < flight.batch().size(); i++) {
            boolean mayHaveIt = consequence.verdicts().get(i) instanceof Verdict.End end
                    && (end.state() == DeliveryState.SENT || end.state() == DeliveryState.IN_DOUBT);
            if (!mayHaveIt) {
                notSent.add(flight.batch().get(i));
            }
        }
        return takeBack(flight.lane(), notSent);
    }

    /** The same for a call that was not made. */
    Future<Void> takeBack(Lane lane, List<Pending> people) {
        return lane.limits()
                .people()
                .filter(rule -> !people.isEmpty())
                .map(rule -> ports.people()
                        .giveBack(new PeopleDay(rule, ports.clock().platformDay()), travellers(people))
                        .onFailure(cause -> log.warn(
                                "Marks of {} people were not taken back: {}", people.size(), cause.getMessage()))
                        .otherwiseEmpty())
                .orElse(Future.succeededFuture());
    }

    private static List<PeopleGate.Traveller> travellers(List<Pending> people) {
        return people.stream()
                .map(one -> new PeopleGate.Traveller(one.recipient(), one.key()))
                .toList();
    }
}
