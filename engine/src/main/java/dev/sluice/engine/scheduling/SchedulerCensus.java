package dev.sluice.engine.scheduling;

import dev.sluice.engine.scheduling.hold.Trouble;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What an instance holds, as metrics show it: counted by each round on the event loop, read by whoever scrapes on another thread. */
final class SchedulerCensus {
    private static final Logger log = LoggerFactory.getLogger(SchedulerCensus.class);

    private record Counts(int apps, int doubts, int loaded, Map<Trouble, Integer> held) {}

    private final HeldNotices notices = new HeldNotices();
    private volatile Counts counts = new Counts(0, 0, 0, Map.of());

    /** Counts anew, and logs what is out of order or in order again. */
    void count(Collection<OwnedApp> apps, long nowNanos) {
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
        notices.of(held, nowNanos).forEach(SchedulerCensus::say);
    }

    private static void say(HeldNotices.Notice notice) {
        Trouble cause = notice.cause();
        if (notice.lanes() == 0) {
            log.info("No lane has waited for half a minute because {} ({})", cause.meaning(), cause.gate());
        } else {
            log.warn(
                    "Lanes that wait although no limit holds them: {}, since {} ({}); GET /v1/lanes of the control plane lists them",
                    notice.lanes(),
                    cause.meaning(),
                    cause.gate());
        }
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
