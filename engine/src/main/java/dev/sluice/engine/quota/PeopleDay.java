package dev.sluice.engine.quota;

import dev.sluice.engine.redis.RedisCommands;
import java.time.LocalDate;

/**
 * A day of a scope, by whose marks people are limited.
 *
 * @param rule whose people, and how often they may be reached
 * @param date of the platform
 */
public record PeopleDay(LaneGates.PeopleRule rule, LocalDate date) {
    String key(RedisCommands redis) {
        return redis.key("{" + rule.scope() + "}:people:" + rule.api() + ":" + date);
    }

    @Override
    public String toString() {
        return rule.scope() + " on " + date;
    }
}
