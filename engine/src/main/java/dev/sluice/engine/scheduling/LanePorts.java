package dev.sluice.engine.scheduling;

import dev.sluice.engine.channel.PlatformRequest.ApiFamily;
import dev.sluice.engine.model.IdSequence;
import dev.sluice.engine.quota.CalendarEdge;
import dev.sluice.engine.quota.GateLines;
import dev.sluice.engine.quota.PeopleGate;
import dev.sluice.engine.quota.SlotGates;
import dev.sluice.engine.recovery.CrashPoints;
import dev.sluice.engine.scheduling.queue.LaneReads;
import dev.sluice.engine.scheduling.queue.LaneStore;
import dev.sluice.engine.sending.Circuit;
import dev.sluice.engine.sending.OutcomePolicy;
import dev.sluice.engine.sending.SendPort;
import dev.sluice.engine.sending.TokenCache;
import dev.sluice.engine.settling.Intents;
import dev.sluice.engine.settling.Settler;
import dev.sluice.engine.time.EngineClock;
import io.vertx.core.Vertx;
import java.util.EnumMap;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * What lanes work with; one set per scheduler instance, used on its event loop.
 *
 * @param vertx timers
 * @param clock time
 * @param random jitter
 * @param ids call ids
 * @param store ends what nothing is left of
 * @param slots limits over all nodes
 * @param lines where lanes stand in line at limits that they share
 * @param people limits by person
 * @param tokens access tokens
 * @param intents makes calls durable before they leave
 * @param sender makes calls
 * @param settler makes outcomes durable
 * @param outcomes what an outcome means
 * @param turns the node's places for calls in flight
 * @param reads what is open and waits, read for many lanes together
 * @param trouble what is told to the people's side
 * @param meters what is counted
 * @param edge keeps calls away from midnight
 * @param settings bounds
 * @param hosts the circuit of each platform host, shared by the lanes of this scheduler
 * @param crashes told when a node may die with something half done
 */
record LanePorts(
        Vertx vertx,
        EngineClock clock,
        RandomGenerator random,
        IdSequence ids,
        LaneStore store,
        SlotGates slots,
        GateLines lines,
        PeopleGate people,
        TokenCache tokens,
        Intents intents,
        SendPort sender,
        Settler settler,
        OutcomePolicy outcomes,
        TenantTurns turns,
        LaneReads reads,
        ChannelTrouble trouble,
        DeliveryMeters meters,
        CalendarEdge edge,
        LaneSettings settings,
        Map<ApiFamily, Circuit> hosts,
        CrashPoints crashes) {
    /** Failures in a row, over all lanes, that open a host's circuit: half trips when a few channels are broken, double costs that many more doubtful calls. */
    private static final int HOST_THRESHOLD = 20;

    /** Closed circuits of all hosts. */
    static Map<ApiFamily, Circuit> closedHosts() {
        Map<ApiFamily, Circuit> hosts = new EnumMap<>(ApiFamily.class);
        for (ApiFamily family : ApiFamily.values()) {
            hosts.put(family, new Circuit(HOST_THRESHOLD));
        }
        return hosts;
    }

    /** Hosts whose circuit is open. */
    long openHosts() {
        return hosts.values().stream().filter(Circuit::open).count();
    }
}
