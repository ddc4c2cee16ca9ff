package dev.sluice.engine.scheduling;

import dev.sluice.engine.model.IdSequence;
import dev.sluice.engine.quota.CalendarEdge;
import dev.sluice.engine.quota.GateLines;
import dev.sluice.engine.quota.SlotGates;
import dev.sluice.engine.quota.SlotTiming;
import dev.sluice.engine.recovery.CrashPoints;
import dev.sluice.engine.scheduling.queue.LaneReads;
import dev.sluice.engine.scheduling.queue.LaneStore;
import dev.sluice.engine.time.EngineClock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;

/** What a lane needs up to its question at the gates. What only a call needs is not there. */
final class LaneRig {
    static final SlotTiming TIMING = new SlotTiming(1_000, 3_000, 1_000);

    private LaneRig() {}

    /**
     * The ports.
     *
     * @param pool of Postgres, null where nothing is read
     */
    static LanePorts ports(
            Vertx vertx, EngineClock clock, Pool pool, SlotGates gates, GateLines lines, TenantTurns turns) {
        LaneStore store = new LaneStore(pool);
        return new LanePorts(
                vertx,
                clock,
                null,
                new IdSequence(clock::millis, 1),
                store,
                gates,
                lines,
                null,
                null,
                null,
                null,
                null,
                null,
                turns,
                new LaneReads(vertx, store),
                null,
                new DeliveryMeters(new SimpleMeterRegistry()),
                CalendarEdge.of(TIMING, 0),
                new LaneSettings(1_000, 1, TIMING, 1_000),
                LanePorts.closedHosts(),
                CrashPoints.NONE);
    }
}
