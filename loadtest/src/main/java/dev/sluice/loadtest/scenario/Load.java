package dev.sluice.loadtest.scenario;

import dev.sluice.engine.model.PriorityClass;

/**
 * One stream of requests, or one campaign of each tenant.
 *
 * @param kind how
 * @param tenants name of the group that sends; its tenants take turns
 * @param timing when
 * @param audience to whom
 * @param contents what
 * @param priority class
 * @param deliverWithinSeconds {@code deliverBy}, from the request on; 0: none
 * @param cancelAfterSeconds when its campaign is cancelled, from its start on; 0: never
 * @param expect what is to become of them
 */
public record Load(
        LoadKind kind,
        String tenants,
        Timing timing,
        Audience audience,
        Contents contents,
        PriorityClass priority,
        double deliverWithinSeconds,
        double cancelAfterSeconds,
        Expectation expect) {
    /** The same from 0 on at an even rate for so long. */
    Load steady(double perSecond, double seconds) {
        return with(timing.steady(perSecond, seconds), audience, contents);
    }

    /** Of many tenants each campaign keeps its size: there are fewer. Campaigns that share the people are no more than these. */
    Load scaled(double scale, boolean ofMany) {
        if (kind.hasRate()) {
            return with(timing.scaled(scale), audience, contents);
        }
        Audience fewer = audience.scaled(scale);
        return ofMany ? this : with(timing, fewer, contents.atMost(fewer.people()));
    }

    /** Whether somebody thinks better of it. */
    public boolean isCancelled() {
        return cancelAfterSeconds > 0;
    }

    private Load with(Timing newTiming, Audience newAudience, Contents newContents) {
        return new Load(
                kind,
                tenants,
                newTiming,
                newAudience,
                newContents,
                priority,
                deliverWithinSeconds,
                cancelAfterSeconds,
                expect);
    }
}
