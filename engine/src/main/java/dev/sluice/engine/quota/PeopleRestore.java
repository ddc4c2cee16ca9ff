package dev.sluice.engine.quota;

import dev.sluice.engine.quota.PeopleHistory.Journey;
import dev.sluice.engine.quota.PeopleHistory.Page;
import dev.sluice.engine.redis.LuaScript;
import dev.sluice.engine.redis.LuaScript.Invocation;
import dev.sluice.engine.redis.RedisCommands;
import dev.sluice.engine.store.Steps;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Rebuilds the marks of days that Redis lost, or that have just begun, many in a round. Steps as in {@link SlotRestore}, but days without calls open at once, and
 * the others are read in pages: the marks of a day are collected beside it and put in its place at the end. Memory: a page for each day that is read.
 * Thread-safe.
 */
final class PeopleRestore {
    /** Days of a round that are read at once: more would only compete for Postgres. */
    private static final int READ_AT_ONCE = 4;

    /** Marks in one script: a millisecond of the server. */
    private static final int MARKS_AT_ONCE = 1_000;

    private static final long UNFINISHED_MILLIS = 60_000;
    private static final Duration KEPT_AFTER_DAY = Duration.ofHours(2);
    private static final int CLAIMED = 1;
    private static final Logger LOG = LoggerFactory.getLogger(PeopleRestore.class);
    private static final LuaScript CLAIM = LuaScript.load("redis/people_claim.lua");
    private static final LuaScript STAGE = LuaScript.load("redis/people_stage.lua");
    private static final LuaScript OPEN = LuaScript.load("redis/people_open.lua");

    private final Vertx vertx;
    private final RedisCommands redis;
    private final PeopleHistory history;
    private final SlotTiming timing;
    private final RestoreRounds<PeopleDay> rounds;

    PeopleRestore(Vertx vertx, RedisCommands redis, PeopleHistory history, SlotTiming timing) {
        this.vertx = vertx;
        this.redis = redis;
        this.history = history;
        this.timing = timing;
        this.rounds = new RestoreRounds<>(vertx, this::restore);
    }

    /** Rebuilds a day, unless that is going on. Completes on the caller's context; trouble is logged, and whoever asks next starts anew. */
    Future<Void> begin(PeopleDay day) {
        return rounds.want(day);
    }

    /** How many days are being rebuilt from here. */
    int rebuilding() {
        return rounds.size();
    }

    private Future<Void> restore(List<PeopleDay> days) {
        String claim = UUID.randomUUID().toString();
        String lifeMillis = Long.toString(timing.leftMillis() + UNFINISHED_MILLIS);
        List<Invocation> claims = days.stream()
                .map(day -> new Invocation(List.of(day.key(redis)), List.of(claim, lifeMillis)))
                .toList();
        return CLAIM.runAll(redis, claims)
                .compose(replies -> rebuild(claimed(days, replies), claim))
                .onFailure(trouble -> LOG.warn("people of {} days stay shut: {}", days.size(), trouble.toString()));
    }

    private static List<PeopleDay> claimed(List<PeopleDay> days, List<Response> replies) {
        List<PeopleDay> claimed = new ArrayList<>(days.size());
        for (int i = 0; i < days.size(); i++) {
            if (replies.get(i).toInteger() == CLAIMED) {
                claimed.add(days.get(i));
            }
        }
        return claimed;
    }

    private Future<Void> rebuild(List<PeopleDay> days, String claim) {
        if (days.isEmpty()) {
            return Future.succeededFuture();
        }
        return vertx.timer(timing.leftMillis() + 1, TimeUnit.MILLISECONDS)
                .compose(waited -> history.withCalls(days))
                .compose(withCalls ->
                        openAll(without(withCalls, days), claim).compose(opened -> readAll(withCalls, claim)));
    }

    private static List<PeopleDay> without(Set<PeopleDay> withCalls, List<PeopleDay> days) {
        return days.stream().filter(day -> !withCalls.contains(day)).toList();
    }

    /** Opens days without marks. One that was lost again stays shut, and whoever asks next starts over. */
    private Future<Void> openAll(List<PeopleDay> days, String claim) {
        List<Invocation> opens = days.stream()
                .map(day -> new Invocation(keys(day, claim), opening(day, claim, 0)))
                .toList();
        return OPEN.runAll(redis, opens).mapEmpty();
    }

    private Future<Void> readAll(Set<PeopleDay> days, String claim) {
        ArrayDeque<Rebuild> toRead = new ArrayDeque<>();
        days.forEach(day -> toRead.add(new Rebuild(day, claim)));
        List<Future<Void>> readers = new ArrayList<>();
        for (int reader = 0; reader < READ_AT_ONCE; reader++) {
            readers.add(oneAfterTheOther(toRead));
        }
        return Future.all(readers).mapEmpty();
    }

    /** A day that cannot be rebuilt keeps no other from it. */
    private static Future<Void> oneAfterTheOther(ArrayDeque<Rebuild> days) {
        Rebuild next = days.poll();
        return next == null
                ? Future.succeededFuture()
                : next.run().otherwiseEmpty().compose(done -> oneAfterTheOther(days));
    }

    /** The day, and where its marks are collected. */
    private List<String> keys(PeopleDay day, String claim) {
        String key = day.key(redis);
        return List.of(key, key + ":" + claim);
    }

    private static List<String> opening(PeopleDay day, String claim, long marks) {
        long forgetMillis = CalendarEdge.startOf(day.date().plusDays(1))
                .plus(KEPT_AFTER_DAY)
                .toEpochMilli();
        return List.of(claim, Long.toString(forgetMillis), marks > 0 ? "1" : "0");
    }

    /** One rebuild. Its steps run one after the other, so its fields need no lock. */
    private final class Rebuild {
        private final PeopleDay day;
        private final String claim;
        private final List<String> keys;
        private long collected;
        private long afterCallId;

        Rebuild(PeopleDay day, String claim) {
            this.day = day;
            this.claim = claim;
            this.keys = keys(day, claim);
        }

        Future<Void> run() {
            return Steps.takeAll(this::collect)
                    .compose(collectedAll -> open())
                    .onFailure(trouble -> LOG.warn("people of {} stay shut: {}", day, trouble.toString()));
        }

        /** The next page; whether another one follows. */
        private Future<Boolean> collect() {
            return history.page(day, afterCallId).compose(page -> {
                afterCallId = page.lastCallId();
                return stage(page, 0).map(!page.complete());
            });
        }

        private Future<Void> stage(Page page, int from) {
            if (from >= page.journeys().size()) {
                return Future.succeededFuture();
            }
            int until = Math.min(from + MARKS_AT_ONCE, page.journeys().size());
            List<String> args = new ArrayList<>(List.of(claim, Long.toString(UNFINISHED_MILLIS)));
            for (Journey journey : page.journeys().subList(from, until)) {
                args.add(PeopleMark.person(journey.recipient()));
                args.add(PeopleMark.content(journey.contentHash()) + PeopleMark.delivery(journey.delivery()));
            }
            collected += until - from;
            return STAGE.run(redis, keys, args)
                    .compose(PeopleRestore::orStartOver)
                    .compose(staged -> stage(page, until));
        }

        private Future<Void> open() {
            return OPEN.run(redis, keys, opening(day, claim, collected))
                    .compose(PeopleRestore::orStartOver)
                    .onSuccess(open -> LOG.debug("people of {} rebuilt from {} journeys", day, collected));
        }
    }

    private static Future<Void> orStartOver(Response reply) {
        return reply.toInteger() == 1
                ? Future.succeededFuture()
                : Future.failedFuture("Redis lost its state again while it was rebuilt");
    }
}
