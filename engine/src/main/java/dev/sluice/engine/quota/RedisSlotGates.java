package dev.sluice.engine.quota;

import dev.sluice.engine.redis.LuaScript;
import dev.sluice.engine.redis.RedisCommands;
import dev.sluice.engine.time.EngineClock;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * Slots in Redis. Gates of one scope are asked in one script, so all of them or none; scopes one after the other, and what the earlier gave is returned when
 * a later one refuses.
 *
 * <p>What is proved: two calls through one slot reach the platform at least one window apart, since the later leaves after the answer to the earlier, or
 * after the earlier must have arrived ({@link SlotTiming}). What is assumed: no request arrives later than the lateness, the process does not stop between
 * the check of the grant's age and the write to the socket, and nobody steps the clock of the Redis server forward (slewing is covered). After a failover
 * that leaves two servers which both think that they lead, nodes on either side grant by themselves; since one node at a time schedules an app, only gates
 * wider than an app could be overrun.
 *
 * <p>Thread-safe; futures complete on the caller's context.
 */
public final class RedisSlotGates implements SlotGates {
    private static final LuaScript TAKE = LuaScript.load("redis/slot_take.lua");
    private static final LuaScript SETTLE = LuaScript.load("redis/slot_settle.lua");
    private static final int TAKEN = 1;
    private static final int LOST = -1;
    private static final long RETRY_MILLIS = 500;

    private final RedisCommands redis;
    private final SlotTiming timing;
    private final EngineClock clock;
    private final SlotKeys keys;
    private final SlotRestore restore;

    /**
     * @param vertx for the wait of a rebuild
     * @param redis where the slots are kept
     * @param history from which lost gates are rebuilt
     * @param timing the times of the proof; the same on all nodes
     * @param clock for the age of grants
     */
    public RedisSlotGates(Vertx vertx, RedisCommands redis, CallHistory history, SlotTiming timing, EngineClock clock) {
        this.redis = redis;
        this.timing = timing;
        this.clock = clock;
        this.keys = new SlotKeys(redis.keyPrefix());
        this.restore = new SlotRestore(vertx, redis, history, timing, keys);
    }

    @Override
    public Future<SlotAnswer> take(String token, List<SlotRequest> requests) {
        if (requests.isEmpty()) {
            return Future.failedFuture(new IllegalArgumentException("no gates to take slots at"));
        }
        SlotPermit permit = new SlotPermit(token, requests, clock.nanoTime());
        Future<SlotAnswer> answer = Future.succeededFuture(new SlotAnswer.Granted(permit));
        List<SlotRequest> before = new ArrayList<>();
        for (List<SlotRequest> scope : SlotRequest.byScope(requests)) {
            SlotPermit earlier = new SlotPermit(token, before, permit.grantedAtNanos());
            answer = answer.compose(soFar -> soFar instanceof SlotAnswer.Granted
                    ? takeAfter(earlier, scope, permit)
                    : Future.succeededFuture(soFar));
            before.addAll(scope);
        }
        return answer;
    }

    @Override
    public void warm(List<SlotGate> gates) {
        gates.forEach(restore::begin);
    }

    @Override
    public Future<Void> settle(SlotPermit permit, int people) {
        return giveBack(
                permit, request -> request.gate().countsPeople() ? Math.min(people, request.units()) : request.units());
    }

    @Override
    public Future<Void> release(SlotPermit permit) {
        return giveBack(permit, request -> 0);
    }

    private Future<SlotAnswer> takeAfter(SlotPermit earlier, List<SlotRequest> scope, SlotPermit permit) {
        return takeInScope(scope, permit)
                .compose(answer -> answer instanceof SlotAnswer.Granted
                                || earlier.requests().isEmpty()
                        ? Future.succeededFuture(answer)
                        : release(earlier).map(answer));
    }

    private Future<SlotAnswer> takeInScope(List<SlotRequest> scope, SlotPermit permit) {
        List<String> args = new ArrayList<>(2 + 3 * scope.size());
        args.add(permit.token());
        args.add(Long.toString(SlotKeys.IDLE_MILLIS));
        for (SlotRequest request : scope) {
            args.add(Long.toString(request.units()));
            args.add(Long.toString(request.ceiling()));
            args.add(Long.toString(timing.holdMicros(request.gate())));
        }
        return TAKE.run(redis, keysOf(scope), args)
                .map(reply -> read(reply, scope, permit))
                .otherwise(trouble ->
                        new SlotAnswer.Unavailable("Redis gives no slots: " + trouble.getMessage(), RETRY_MILLIS));
    }

    private SlotAnswer read(Response reply, List<SlotRequest> scope, SlotPermit permit) {
        int verdict = reply.get(0).toInteger();
        if (verdict == TAKEN) {
            return new SlotAnswer.Granted(permit);
        }
        SlotGate gate = scope.get(reply.get(1).toInteger() - 1).gate();
        if (verdict == LOST) {
            // All that the call needs, whatever their scopes: what was lost was mostly lost together, and each rebuild
            // waits.
            permit.requests().forEach(request -> restore.begin(request.gate()));
            return new SlotAnswer.Unavailable(
                    "the slots of " + gate.scope() + " are being rebuilt", timing.grantAgeMillis() + 50);
        }
        return new SlotAnswer.NotBefore(
                gate, Math.max(1, Math.ceilDiv(reply.get(2).toLong(), 1_000L)));
    }

    /** Best effort: what fails here stays held for its hold time. */
    private Future<Void> giveBack(SlotPermit permit, ToIntFunction<SlotRequest> travelled) {
        List<Future<?>> scopes = new ArrayList<>();
        for (List<SlotRequest> scope : SlotRequest.byScope(permit.requests())) {
            List<String> args = new ArrayList<>(1 + 3 * scope.size());
            args.add(permit.token());
            for (SlotRequest request : scope) {
                args.add(Long.toString(request.units()));
                args.add(Long.toString(travelled.applyAsInt(request)));
                args.add(Long.toString(timing.windowMicros(request.gate())));
            }
            scopes.add(SETTLE.run(redis, keysOf(scope), args));
        }
        return Future.join(scopes).<Void>mapEmpty().otherwiseEmpty();
    }

    private List<String> keysOf(List<SlotRequest> scope) {
        return scope.stream().map(request -> keys.of(request.gate())).toList();
    }
}
