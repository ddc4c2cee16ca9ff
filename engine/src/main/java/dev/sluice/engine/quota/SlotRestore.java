package dev.sluice.engine.quota;

import dev.sluice.engine.quota.CallHistory.HeldSlot;
import dev.sluice.engine.redis.LuaScript;
import dev.sluice.engine.redis.LuaScript.Invocation;
import dev.sluice.engine.redis.RedisCommands;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Rebuilds gates whose state Redis lost (flush, restart, failover, eviction, a day without use), many in a round.
 *
 * <ol>
 *   <li>Claim the gates in Redis. From here on nothing is granted at one of them unless its claim is gone.
 *   <li>Wait as long as a grant can be used: every call that was granted before the loss has committed its intent by then, or never leaves.
 *   <li>Read the calls that Postgres knows.
 *   <li>Install them where the claim still stands. Where it does not, Redis lost its state again, and the next question starts over.
 * </ol>
 *
 * A gate without recent calls is open after that wait. Thread-safe.
 */
final class SlotRestore {
    private static final Logger LOG = LoggerFactory.getLogger(SlotRestore.class);
    private static final LuaScript CLAIM = LuaScript.load("redis/slot_claim.lua");
    private static final LuaScript RESTORE = LuaScript.load("redis/slot_restore.lua");
    private static final int CLAIMED = 1;
    private static final int INSTALLED = 1;

    private final Vertx vertx;
    private final RedisCommands redis;
    private final CallHistory history;
    private final SlotTiming timing;
    private final SlotKeys keys;
    private final RestoreRounds<SlotGate> rounds;

    SlotRestore(Vertx vertx, RedisCommands redis, CallHistory history, SlotTiming timing, SlotKeys keys) {
        this.vertx = vertx;
        this.redis = redis;
        this.history = history;
        this.timing = timing;
        this.keys = keys;
        this.rounds = new RestoreRounds<>(vertx, this::restore);
    }

    /** Rebuilds a gate, unless that is going on. Completes on the caller's context; trouble is logged, and whoever asks the gate next starts anew. */
    Future<Void> begin(SlotGate gate) {
        return rounds.want(gate);
    }

    /** How many gates are being rebuilt from here. */
    int rebuilding() {
        return rounds.size();
    }

    private Future<Void> restore(List<SlotGate> gates) {
        String claim = UUID.randomUUID().toString();
        String lifeMillis = Long.toString(timing.leftMillis() + SlotKeys.CLAIM_MILLIS);
        List<Invocation> claims = gates.stream()
                .map(gate -> new Invocation(List.of(keys.of(gate)), List.of(claim, lifeMillis)))
                .toList();
        return CLAIM.runAll(redis, claims)
                .compose(replies -> rebuild(claimed(gates, replies), claim))
                .onFailure(trouble -> LOG.warn("{} gates stay shut: {}", gates.size(), trouble.toString()));
    }

    private static List<SlotGate> claimed(List<SlotGate> gates, List<Response> replies) {
        List<SlotGate> claimed = new ArrayList<>(gates.size());
        for (int i = 0; i < gates.size(); i++) {
            if (replies.get(i).toInteger() == CLAIMED) {
                claimed.add(gates.get(i));
            }
        }
        return claimed;
    }

    private Future<Void> rebuild(List<SlotGate> gates, String claim) {
        if (gates.isEmpty()) {
            return Future.succeededFuture();
        }
        return vertx.timer(timing.leftMillis() + 1, TimeUnit.MILLISECONDS)
                .compose(waited -> history.heldAt(gates))
                .compose(held -> install(gates, claim, held));
    }

    private Future<Void> install(List<SlotGate> gates, String claim, Map<SlotGate, List<HeldSlot>> held) {
        List<Invocation> installs = gates.stream()
                .map(gate -> new Invocation(List.of(keys.of(gate)), entries(claim, held.getOrDefault(gate, List.of()))))
                .toList();
        return RESTORE.runAll(redis, installs)
                .onSuccess(replies -> LOG.info(
                        "{} gates rebuilt from {} calls",
                        replies.stream()
                                .filter(reply -> reply.toInteger() == INSTALLED)
                                .count(),
                        held.values().stream().mapToInt(List::size).sum()))
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
