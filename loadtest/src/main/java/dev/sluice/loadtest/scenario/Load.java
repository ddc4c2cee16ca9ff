package dev.sluice.loadtest.scenario;

import dev.sluice.engine.model.PriorityClass;

/**
 * One stream of requests, or one campaign of each tenant.
 *
 * @param kind how
 * @param tenants name of the group that sends; its tenants take turns
 * @param fromSeconds when it begins
 * @param untilSeconds when it ends; of a campaign the same as {@code fromSeconds}
 * @param perSecond requests of the whole group; 0 of a campaign
 * @param arrivals how they are spread
 * @param rampSeconds the rate grows evenly from 0 for so long
 * @param people of each request or campaign, before duplicates
 * @param content loads with the same name here send the same contents
 * @param contents how many contents the requests take in turn, 0: each has its own; of a campaign, how many campaigns share its people
 * @param priority class
 * @param deliverWithinSeconds {@code deliverBy}, from the request on; 0: none
 * @param duplicateShare people who stand in the same request or file again, as a share of {@code people}
 * @param unknownShare of the people, whom the platform does not know
 * @param expect what is to become of them
 */
public record Load(
        LoadKind kind,
        String tenants,
        double fromSeconds,
        double untilSeconds,
        double perSecond,
        Arrivals arrivals,
        double rampSeconds,
        int people,
        String content,
        int contents,
        PriorityClass priority,
        double deliverWithinSeconds,
        double duplicateShare,
        double unknownShare,
        Expectation expect) {
    /** When it needs nothing more of the client. */
    public double endSeconds() {
        return untilSeconds;
    }

    /** The same from 0 on at an even rate for so long. */
    Load steady(double newPerSecond, double seconds) {
        return new Load(
                kind,
                tenants,
                0,
                seconds,
                newPerSecond,
                arrivals,
                0,
                people,
                content,
                contents,
                priority,
                deliverWithinSeconds,
                duplicateShare,
                unknownShare,
                expect);
    }

    private Load withPerSecond(double newPerSecond) {
        return new Load(
                kind,
                tenants,
                fromSeconds,
                untilSeconds,
                newPerSecond,
                arrivals,
                rampSeconds,
                people,
                content,
                contents,
                priority,
                deliverWithinSeconds,
                duplicateShare,
                unknownShare,
                expect);
    }

    private Load withPeople(int newPeople) {
        return new Load(
                kind,
                tenants,
                fromSeconds,
                untilSeconds,
                perSecond,
                arrivals,
                rampSeconds,
                newPeople,
                content,
                contents,
                priority,
                deliverWithinSeconds,
                duplicateShare,
                unknownShare,
                expect);
    }

    /** Of many tenants each campaign keeps its size: there are fewer. */
    Load scaled(double scale, boolean ofMany) {
        if (kind.hasRate()) {
            return withPerSecond(perSecond * scale);
        }
        return ofMany ? this : withPeople(Scaling.count(people, scale));
    }
}
