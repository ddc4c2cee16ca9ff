package dev.sluice.engine.quota;

import dev.sluice.engine.redis.LuaScript;
import dev.sluice.engine.redis.RedisCommands;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * The marks of a day in Redis: one hash for each scope, API and day, {@code sluice:{app:12}:people:API:2026-11-21}, gone two hours after the day. A new day
 * starts as a lost one does, so its first question is refused for the grant age.
 *
 * <p>What stays open: a person who is marked and whose call is then given up for good without {@code giveBack} keeps the mark until the end of the day, which
 * lets through less, never more. Thread-safe.
 */
public final class RedisPeopleGate implements PeopleGate {
    private static final LuaScript ADMIT = LuaScript.load("redis/people_admit.lua");
    private static final LuaScript RETURN = LuaScript.load("redis/people_return.lua");
    private static final int LOST = -1;
    private static final Verdict[] VERDICTS = {Verdict.GO, Verdict.SAME_CONTENT_TODAY, Verdict.DAY_LIMIT};

    private final RedisCommands redis;
    private final PeopleRestore restore;

    /**
     * @param vertx for the wait of a rebuild
     * @param redis where the marks are kept
     * @param history from which lost days are rebuilt
     * @param timing of it, the grant age
     */
    public RedisPeopleGate(Vertx vertx, RedisCommands redis, PeopleHistory history, SlotTiming timing) {
        this.redis = redis;
        this.restore = new PeopleRestore(vertx, redis, history, timing);
    }

    @Override
    public Future<List<Verdict>> admit(PeopleDay day, UUID contentHash, List<Traveller> travellers) {
        if (travellers.isEmpty() || travellers.size() > MAX_TRAVELLERS) {
            return Future.failedFuture(new IllegalArgumentException(
                    "1 to " + MAX_TRAVELLERS + " travellers at a time, not " + travellers.size()));
        }
        List<String> args = new ArrayList<>(3 + 2 * travellers.size());
        args.add(Long.toString(day.rule().messagesPerDay()));
        args.add(day.rule().sameContentOnce() ? "1" : "0");
        args.add(PeopleMark.content(contentHash));
        addAll(args, travellers);
        return ADMIT.run(redis, List.of(day.key(redis)), args).compose(reply -> verdicts(reply, day));
    }

    @Override
    public Future<Void> warm(PeopleDay day) {
        return restore.begin(day);
    }

    /** How many days of how many scopes are being rebuilt from here. */
    public int rebuilding() {
        return restore.rebuilding();
    }

    /** How many of them there may be. */
    public int mostRebuilding() {
        return RestoreRounds.MOST;
    }

    @Override
    public Future<Void> giveBack(PeopleDay day, List<Traveller> travellers) {
        if (travellers.isEmpty()) {
            return Future.succeededFuture();
        }
        List<String> args = new ArrayList<>(2 * travellers.size());
        addAll(args, travellers);
        return RETURN.run(redis, List.of(day.key(redis)), args).mapEmpty();
    }

    private Future<List<Verdict>> verdicts(Response reply, PeopleDay day) {
        if (reply.get(0).toInteger() == LOST) {
            restore.begin(day);
            return Future.failedFuture("the people of " + day + " are being rebuilt");
        }
        List<Verdict> verdicts = new ArrayList<>(reply.size());
        reply.forEach(said -> verdicts.add(VERDICTS[said.toInteger()]));
        return Future.succeededFuture(verdicts);
    }

    private static void addAll(List<String> args, List<Traveller> travellers) {
        for (Traveller traveller : travellers) {
            args.add(PeopleMark.person(traveller.recipient()));
            args.add(PeopleMark.delivery(traveller.delivery()));
        }
    }
}
