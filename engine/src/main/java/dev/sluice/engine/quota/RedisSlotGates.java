package dev.sluice.engine.quota;

import dev.sluice.engine.redis.LuaScript;
import dev.sluice.engine.redis.RedisCommands;
import dev.sluice.engine.time.EngineClock;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * Slots in Redis. Gates of one scope are asked in one script, so all of them or none, and with them all questions of one turn of the event loop, one after the
 * other; scopes one after the other, and what the earlier gave is returned when a later one refuses.
 *
 * <p>What is proved: two calls through one slot reach the platform at least one window apart, since the later leaves a window after the answer to the
 * earlier, or after the earlier must have arrived ({@link SlotTiming}). What is assumed: no request arrives later than the lateness, the process does not stop between
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
    /** Questions, or answers to calls, in one script: some 0.3 ms of the server. */
    private static final int MOST_TOGETHER = 128;

    private static final long RETRY_MILLIS = 500;
    /** For whoever does not hear that a rebuild is over. */
    private static final long REBUILT_MILLIS = 1_000;

    private final RedisCommands redis;
    private final SlotTiming timing;
    private final EngineClock clock;
    private final SlotKeys keys;
    private final SlotRestore restore;
    private final TurnGroups<List<SlotGate>, Question, Response> questions;
    private final TurnGroups<List<SlotGate>, Ended, Void> ends;

    /** What a call wants of gates. */
    private record Question(String token, List<SlotRequest> requests) {}

    /** What a call gives back to gates: the units of each that travelled, of those that it took. */
    private record Ended(String token, List<SlotRequest> taken, List<Integer> travelled) {}

    /**
     * @param vertx for the wait of a rebuild, and the turns in which questions are gathered
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
        this.questions = new TurnGroups<>(vertx, MOST_TOGETHER, this::askTogether);
        this.ends = new TurnGroups<>(vertx, MOST_TOGETHER, this::endTogether);
    }

    @Override
    public Future<SlotAnswer> take(String token, List<SlotRequest> requests) {
        if (requests.isEmpty()) {
            return Future.failedFuture(new IllegalArgumentException("no gates to take slots at"));
        }
        Future<SlotAnswer> answer =
                Future.succeededFuture(new SlotAnswer.Granted(SlotPermit.empty(token, clock.nanoTime())));
        for (List<SlotRequest> scope : SlotRequest.byScope(requests)) {
            answer = answer.compose(soFar -> soFar instanceof SlotAnswer.Granted granted
                    ? takeAfter(granted.permit(), scope, requests)
                    : Future.succeededFuture(soFar));
        }
        return answer;
    }

    @Override
    public Future<Void> warm(List<SlotGate> gates) {
        return Future.join(gates.stream().map(restore::begin).toList()).mapEmpty();
    }

    /** How many gates are being rebuilt from here. */
    public int rebuilding() {
        return restore.rebuilding();
    }

    /** How many of them there may be. */
    public int mostRebuilding() {
        return RestoreRounds.MOST;
    }

    @Override
    public Future<Void> settle(SlotPermit permit, int people) {
        return giveBack(
                        permit,
                        request -> request.gate().countsPeople() ? Math.min(people, request.units()) : request.units())
                .otherwiseEmpty();
    }

    @Override
    public Future<Void> release(SlotPermit permit) {
        return giveBack(permit, request -> 0).otherwiseEmpty();
    }

    /** Whoever is refused may ask again under the same name, so it must hold nothing by then: its slots would be taken twice and come back once. */
    private Future<SlotAnswer> takeAfter(SlotPermit earlier, List<SlotRequest> scope, List<SlotRequest> all) {
        return takeInScope(earlier, scope, all)
                .compose(answer -> answer instanceof SlotAnswer.Granted
                                || earlier.requests().isEmpty()
                        ? Future.succeededFuture(answer)
                        : giveBack(earlier, request -> 0).map(answer).otherwise(RedisSlotGates::unavailable));
    }

    private Future<SlotAnswer> takeInScope(SlotPermit earlier, List<SlotRequest> scope, List<SlotRequest> all) {
        long askedAtNanos = clock.nanoTime();
        return questions
                .add(gates(scope), new Question(earlier.token(), scope))
                .map(reply -> reply.get(0).toInteger() == TAKEN
                        ? new SlotAnswer.Granted(
                                earlier.and(scope, reply.get(1).toLong() * 1_000, askedAtNanos, clock.nanoTime()))
                        : refusal(reply, scope, all))
                .otherwise(RedisSlotGates::unavailable);
    }

    private static SlotAnswer unavailable(Throwable trouble) {
        return new SlotAnswer.Unavailable("Redis gives no slots: " + trouble.getMessage(), RETRY_MILLIS, false);
    }

    /** Questions at the gates of one scope, in one script. */
    private Future<List<Response>> askTogether(List<SlotGate> gates, List<Question> asked) {
        List<String> args = new ArrayList<>(2 + gates.size() + asked.size() * (1 + 2 * gates.size()));
        args.add(Long.toString(SlotKeys.IDLE_MILLIS));
        args.add(Long.toString(SlotTiming.LEAD_MILLIS * 1_000));
        gates.forEach(gate -> args.add(Long.toString(timing.holdMicros(gate))));
        for (Question question : asked) {
            args.add(question.token());
            for (SlotRequest request : question.requests()) {
                args.add(Integer.toString(request.units()));
                args.add(Long.toString(request.ceiling()));
            }
        }
        return TAKE.run(redis, keysOf(gates), args).map(replies -> eachOf(replies, asked.size()));
    }

    /** A lost gate gives one answer to all. */
    private static List<Response> eachOf(Response replies, int asked) {
        return replies.size() == asked ? replies.stream().toList() : Collections.nCopies(asked, replies.get(0));
    }

    private SlotAnswer refusal(Response reply, List<SlotRequest> scope, List<SlotRequest> all) {
        SlotGate gate = scope.get(reply.get(1).toInteger() - 1).gate();
        if (reply.get(0).toInteger() == LOST) {
            // All that the call needs, whatever their scopes: what was lost was mostly lost together, and each rebuild
            // waits.
            all.forEach(request -> restore.begin(request.gate()));
            return new SlotAnswer.Unavailable(
                    "the slots of " + gate.scope() + " are being rebuilt", REBUILT_MILLIS, true);
        }
        return new SlotAnswer.NotBefore(
                gate, Math.max(1, Math.ceilDiv(reply.get(2).toLong(), 1_000L)));
    }

    /** What fails here stays held for its hold time. */
    private Future<Void> giveBack(SlotPermit permit, ToIntFunction<SlotRequest> travelled) {
        List<Future<Void>> scopes = new ArrayList<>();
        for (List<SlotRequest> scope : SlotRequest.byScope(permit.requests())) {
            List<Integer> units = scope.stream().map(travelled::applyAsInt).toList();
            scopes.add(ends.add(gates(scope), new Ended(permit.token(), scope, units)));
        }
        return Future.join(scopes).mapEmpty();
    }

    /** What ended calls took at the gates of one scope, in one script. */
    private Future<List<Void>> endTogether(List<SlotGate> gates, List<Ended> calls) {
        List<String> args = new ArrayList<>(gates.size() + calls.size() * (1 + 2 * gates.size()));
        gates.forEach(gate -> args.add(Long.toString(timing.windowMicros(gate))));
        for (Ended call : calls) {
            args.add(call.token());
            for (int i = 0; i < gates.size(); i++) {
                args.add(Integer.toString(call.taken().get(i).units()));
                args.add(Integer.toString(call.travelled().get(i)));
            }
        }
        return SETTLE.run(redis, keysOf(gates), args).map(known -> Collections.nCopies(calls.size(), null));
    }

    private static List<SlotGate> gates(List<SlotRequest> scope) {
        return scope.stream().map(SlotRequest::gate).toList();
    }

    private List<String> keysOf(List<SlotGate> gates) {
        return gates.stream().map(keys::of).toList();
    }
}
