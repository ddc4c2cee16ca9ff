package dev.sluice.engine.scheduling;

import dev.sluice.engine.scheduling.hold.Trouble;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;

/** What an instance holds, as metrics show it: counted by each round on the event loop, read by whoever scrapes on another thread. */
final class SchedulerCensus {
    private record Counts(int apps, int doubts, int loaded, Map<Trouble, Integer> held) {}

    private volatile Counts counts = new Counts(0, 0, 0, Map.of());

    /** Counts anew. */
    void count(Collection<OwnedApp> apps) {
        int doubts = 0;
        int loaded = 0;
        Map<Trouble, Integer> held = new EnumMap<>(Trouble.class);
        for (OwnedApp app : apps) {
            for (Lane lane : app.lanes.values()) {
                doubts += lane.doubts().callIds().size();
                loaded += lane.queue.readyCount();
                lane.trouble().ifPresent(cause -> held.merge(cause, 1, Integer::sum));
            }
        }
        counts = new Counts(apps.size(), doubts, loaded, held);
    }

    /** Registers the gauges of an instance. */
    void publish(LanePorts ports, SchedulerPart part) {
        int index = part.index();
        DeliveryMeters meters = ports.meters();
        meters.bounded(
                "sluice.calls.in.flight",
                "Bounded by sending.callsInFlight: then lanes take turns by tenant.",
                index,
                ports.turns()::taken,
                part.callsInFlight());
        meters.gauge(
                "sluice.intents.waiting",
                "Bounded by the calls in flight, resends and queries with them.",
                index,
                ports.intents()::waiting);
        meters.gauge(
                "sluice.settlements.waiting",
                "Bounded by the calls in flight, and by pages of people who end without one.",
                index,
                ports.settler()::waiting);
        meters.gauge(
                "sluice.hosts.open",
                "Platform hosts that did not answer many times in a row.",
                index,
                ports::openHosts);
        meters.gauge("sluice.lane.reads.waiting", "Bounded by the lanes.", index, ports.reads()::waiting);
        meters.gauge("sluice.apps.owned", "Apps whose lanes this node schedules.", index, () -> counts.apps());
        meters.gauge("sluice.doubts", "Doubtful calls under resolution.", index, () -> counts.doubts());
        meters.gauge(
                "sluice.deliveries.loaded",
                "Bounded by pages of open submissions of owned lanes.",
                index,
                () -> counts.loaded());
        for (Trouble cause : Trouble.values()) {
            meters.lanesHeld(cause, index, () -> counts.held().getOrDefault(cause, 0));
        }
    }
}
