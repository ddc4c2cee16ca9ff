package dev.sluice.engine.quota;

import dev.sluice.engine.quota.PeopleHistory.Journey;
import dev.sluice.engine.quota.PeopleHistory.Page;
import dev.sluice.engine.redis.LuaScript;
import dev.sluice.engine.redis.RedisCommands;
import dev.sluice.engine.time.EngineClock;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Response;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Rebuilds the marks of a day that Redis lost, or that has just begun, one rebuild at a time for each day and scope. Steps as in {@link SlotRestore}, but in
 * pages: the marks are collected beside the day and put in its place at the end. Memory: one page. Thread-safe.
 */
final class PeopleRestore {
    /** More would only compete for Postgres; days beyond that stay shut and ask again. */
    static final int MAX_AT_ONCE = 16;

    /** Marks in one script: a millisecond of the server. */
    private static final int MARKS_AT_ONCE = 1_000;

    private static final long UNFINISHED_MILLIS = 60_000;
    private static final long KEPT_AFTER_DAY_HOURS = 2;
    private static final Logger LOG = LoggerFactory.getLogger(PeopleRestore.class);
    private static final LuaScript CLAIM = LuaScript.load("redis/people_claim.lua");
    private static final LuaScript STAGE = LuaScript.load("redis/people_stage.lua");
    private static final LuaScript OPEN = LuaScript.load("redis/people_open.lua");

    private final Vertx vertx;
    private final RedisCommands redis;
    private final PeopleHistory history;
    private final SlotTiming timing;
    private final Map<String, Future<Void>> running = new ConcurrentHashMap<>();

    PeopleRestore(Vertx vertx, RedisCommands redis, PeopleHistory history, SlotTiming timing) {
        this.vertx = vertx;
        this.redis = redis;
        this.history = history;
        this.timing = timing;
    }

    /** Starts to rebuild a day, unless that is going on or too many are. Trouble is logged; whoever asks next starts anew. */
    void begin(String dayKey, LaneGates.PeopleRule rule, LocalDate day) {
        if (running.size() < MAX_AT_ONCE) {
            running.computeIfAbsent(dayKey, key -> new Rebuild(key, rule, day).run())
                    .onComplete(done -> running.remove(dayKey));
        }
    }

    /** One rebuild. Its steps run one after the other, so its fields need no lock. */
    private final class Rebuild {
        private final String claim = UUID.randomUUID().toString();
        private final List<String> keys;
        private final LaneGates.PeopleRule rule;
        private final LocalDate day;
        private long collected;

        Rebuild(String dayKey, LaneGates.PeopleRule rule, LocalDate day) {
            this.keys = List.of(dayKey, dayKey + ":" + claim);
            this.rule = rule;
            this.day = day;
        }

        Future<Void> run() {
            return CLAIM.run(redis, keys.subList(0, 1), List.of(claim, Long.toString(UNFINISHED_MILLIS)))
                    .compose(claimed -> claimed.toInteger() == 0
                            ? Future.succeededFuture()
                            : vertx.timer(timing.leftMillis() + 1, TimeUnit.MILLISECONDS)
                                    .compose(waited -> collectFrom(0)))
                    .onFailure(trouble ->
                            LOG.warn("people of {} on {} stay shut: {}", rule.scope(), day, trouble.toString()));
        }

        private Future<Void> collectFrom(long afterCallId) {
            return history.page(rule, day, afterCallId)
                    .compose(page -> stage(page, 0)
                            .compose(staged -> page.complete() ? open() : collectFrom(page.lastCallId())));
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
            long forgetMillis = day.plusDays(1)
                    .atStartOfDay(EngineClock.PLATFORM_ZONE)
                    .plusHours(KEPT_AFTER_DAY_HOURS)
                    .toInstant()
                    .toEpochMilli();
            List<String> args = List.of(claim, Long.toString(forgetMillis), collected > 0 ? "1" : "0");
            return OPEN.run(redis, keys, args)
                    .compose(PeopleRestore::orStartOver)
                    .onSuccess(open ->
                            LOG.info("people of {} on {} rebuilt from {} journeys", rule.scope(), day, collected));
        }
    }

    private static Future<Void> orStartOver(Response reply) {
        return reply.toInteger() == 1
                ? Future.succeededFuture()
                : Future.failedFuture("Redis lost its state again while it was rebuilt");
    }
}
