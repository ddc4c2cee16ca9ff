package dev.sluice.engine.scheduling;

import dev.sluice.engine.scheduling.lease.LeaseStore.Claim;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** An app that this node schedules, and its lanes. Confined to its scheduler's event loop. */
final class OwnedApp {
    final Claim claim;
    final Map<Long, Lane> lanes = new HashMap<>();
    /** Nothing new goes; it leaves when what is in flight has ended. */
    boolean draining;
    /** Whether what an earlier owner left in doubt is known; nothing goes before. */
    boolean ready;
    /** When what is unresolved of it was read, or was wanted to be. */
    long readAtMillis;

    OwnedApp(Claim claim) {
        this.claim = claim;
    }

    /** Calls that the lanes take care of: under way or in doubt. */
    Set<Long> callIds() {
        return lanes.values().stream()
                .flatMap(lane -> Stream.concat(lane.calls().ids().stream(), lane.doubts().callIds().stream()))
                .collect(Collectors.toSet());
    }

    void closeLanes() {
        lanes.values().forEach(Lane::close);
    }

    boolean idle() {
        return lanes.values().stream().allMatch(lane -> lane.calls().inFlight() == 0);
    }
}
