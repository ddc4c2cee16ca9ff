package dev.sluice.engine.quota;

import dev.sluice.engine.quota.CallHistory.HeldSlot;
import dev.sluice.engine.redis.LuaScript;
import dev.sluice.engine.redis.RedisCommands;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Rebuilds gates whose state Redis lost (flush, restart, failover, eviction, a day without use), one at a time for each gate.
 *
 * <ol>
 *   <li>Claim the gate in Redis. From here on nothing is granted at it unless the claim is gone.
 *   <li>Wait as long as a grant can be used: every call that was granted before the loss has committed its intent by then, or never leaves.
 *   <li>Read the calls that Postgres knows.
 *   <li>Install them, if the claim still stands. If it does not, Redis lost its state again, and the next question starts over.
 * </ol>
 *
 * A gate without recent calls is open after that wait. Thread-safe. At most {@value #MAX_AT_ONCE} rebuilds run at once on a node; gates beyond that stay
 * shut and ask again.
 */
final class SlotRestore {
    /** Each takes that wait and one indexed query: 128 rebuild some 600 gates a second. */
    static final int MAX_AT_ONCE = 128;

    private static final Logger LOG = LoggerFactory.getLogger(SlotRestore.class);
    private static final LuaScript CLAIM = LuaScript.load("redis/slot_claim.lua");
    private static final LuaScript RESTORE = LuaScript.load("redis/slot_restore.lua");

    private final Vertx vertx;
    private final RedisCommands redis;
    private final CallHistory history;
    private final SlotTiming timing;
    private final SlotKeys keys;
    private final Map<SlotGate, Future<Void>> running = new ConcurrentHashMap<>();

    SlotRestore(Vertx vertx, RedisCommands redis, CallHistory history, SlotTiming timing, SlotKeys keys) {
        this.vertx = vertx;
        this.redis = redis;
        this.history = history;
        this.timing = timing;
        this.keys = keys;
    }

    /** Starts to rebuild a gate, unless that is going on or too many are. Trouble is logged; whoever asks the gate next starts anew. */
    void begin(SlotGate gate) {
        if (running.size() < MAX_AT_ONCE) {
            running.computeIfAbsent(gate, this::restore).onComplete(done -> running.remove(gate));
        }
    }

    private Future<Void> restore(SlotGate gate) {
        List<String> key = List.of(keys.of(gate));
        String claim = UUID.randomUUID().toString();
        return CLAIM.run(redis, key, List.of(claim, Long.toString(SlotKeys.CLAIM_MILLIS)))
                .compose(claimed -> claimed.toInteger() == 0 ? Future.succeededFuture() : rebuild(gate, key, claim))
                .onFailure(
                        trouble -> LOG.warn("{} of {} stays shut: {}", gate.label(), gate.scope(), trouble.toString()));
    }

    private Future<Void> rebuild(SlotGate gate, List<String> key, String claim) {
        return vertx.timer(timing.leftMillis() + 1, TimeUnit.MILLISECONDS)
                .compose(waited -> history.heldAt(gate))
                .compose(held -> RESTORE.run(redis, key, entries(claim, held)).onSuccess(installed -> {
                    if (installed.toInteger() == 1) {
                        LOG.info("{} of {} rebuilt from {} calls", gate.label(), gate.scope(), held.size());
                    }
                }))
                .mapEmpty();
    }

    private static List<String> entries(String claim, List<HeldSlot> held) {
        List<String> args = new ArrayList<>(2 + 3 * held.size());
        args.add(claim);
        args.add(Long.toString(SlotKeys.IDLE_MILLIS));
        for (HeldSlot slot : held) {
            args.add(slot.token());
            args.add(Long.toString(slot.units()));
            args.add(Long.toString(slot.freeAfterMicros()));
        }
        return args;
    }
}
