package dev.sluice.engine.scheduling;

import dev.sluice.engine.model.DeliveryState;
import dev.sluice.engine.model.Disposition;
import dev.sluice.engine.scheduling.queue.SubmissionWork;
import dev.sluice.engine.scheduling.status.LaneStatus;
import dev.sluice.engine.scheduling.status.LaneStatusBoard;
import dev.sluice.engine.time.EngineClock;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What happens to every lane by itself, once a round: deadlines pass, doubts move on, and it says what holds it. Confined to one event loop. */
final class LaneRounds {
    private static final Logger log = LoggerFactory.getLogger(LaneRounds.class);

    private final OwnedApps apps;
    private final LaneStatusBoard board;
    private final String node;
    private final EngineClock clock;
    private long rounds;

    /**
     * @param node the node's name, as statuses show it
     */
    LaneRounds(OwnedApps apps, LaneStatusBoard board, String node, EngineClock clock) {
        this.apps = apps;
        this.board = board;
        this.node = node;
        this.clock = clock;
    }

    /** One round over all lanes but those that leave. */
    void run() {
        long nowMillis = clock.millis();
        rounds++;
        List<LaneStatus> statuses = new ArrayList<>();
        for (OwnedApp app : apps.all()) {
            if (!app.draining) {
                run(app, nowMillis, statuses);
            }
        }
        if (!statuses.isEmpty()) {
            board.publish(statuses)
                    .onFailure(cause -> log.debug("Lane statuses were not published: {}", cause.getMessage()));
        }
    }

    private void run(OwnedApp app, long nowMillis, List<LaneStatus> statuses) {
        for (Lane lane : List.copyOf(app.lanes.values())) {
            if (lane.closed()) {
                // One of its calls was fenced off: another node owns the app.
                apps.forget(app);
                return;
            }
            try {
                run(lane, nowMillis, statuses);
            } catch (RuntimeException fault) {
                // Of ours: it must not end the rounds of all others.
                log.error("The lane of channel {} failed", lane.channel().id(), fault);
            }
        }
    }

    private void run(Lane lane, long nowMillis, List<LaneStatus> statuses) {
        expire(lane, nowMillis);
        lane.doubts().tick();
        lane.pump();
        if (lane.queue.works().isEmpty()) {
            lane.trials.forget();
        }
        if (busy(lane) && saysSomething(lane.channel().id(), rounds, apps.size())) {
            statuses.add(lane.status(node));
        }
    }

    private static void expire(Lane lane, long nowMillis) {
        for (SubmissionWork work : lane.queue.late(nowMillis)) {
            lane.feeder().retire(work, DeliveryState.EXPIRED, Disposition.DEADLINE_PASSED);
        }
    }

    private static boolean busy(Lane lane) {
        return lane.queue.readyCount() > 0 || lane.calls().inFlight() > 0;
    }

    /** Each lane that is not idle says every round what holds it, with thousands of them every fifth round. Pure. */
    static boolean saysSomething(long channelId, long round, int apps) {
        long groups = Math.min(5, 1 + apps / 500);
        return (channelId + round) % groups == 0;
    }
}
