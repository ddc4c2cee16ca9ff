package dev.sluice.loadtest.plan;

import dev.sluice.engine.channel.dingtalk.AdapterOptions.PeopleScope;
import dev.sluice.engine.model.ChannelKind;
import dev.sluice.loadtest.plan.Planning.WhatIfs;
import dev.sluice.loadtest.scenario.Load;
import dev.sluice.loadtest.scenario.Scenario;
import dev.sluice.loadtest.scenario.TenantGroup;
import dev.sluice.loadtest.scenario.Timing;
import java.util.Optional;

/**
 * What decides how much memory and time a plan takes, known before it is made. Pure.
 *
 * @param apps of all tenants together: each has a lane
 * @param requests of all loads with a rate, and full calls of all campaigns: each is gone through for itself
 * @param oneMoreApp whether it also runs with one app more in each organisation
 */
public record PlanSize(long apps, long requests, boolean oneMoreApp) {
    /** So many are gone through in a few minutes; nobody waits for more. */
    private static final long MOST_REQUESTS = 10_000_000;
    /** Most people that a call to a list of people takes on any channel. */
    static final int FULL_CALL = 100;
    /** A lane with its gates, and its part of an organisation's month and day, is some 5 KiB; full of these, Java would do nothing but collect. */
    private static final long APP_BYTES = 8_192;
    /** Whatever else there is. */
    private static final long LEAST_BYTES = 64L << 20;

    private static final double GIB = 1L << 30;

    /** Of a scenario, with what is asked beside it. */
    public static PlanSize of(Scenario scenario, WhatIfs asked) {
        boolean oneMoreApp = switch (asked) {
            case ALWAYS -> true;
            case WHEN_SHORT -> apps(scenario) <= Planning.MOST_TO_VARY;
            case NEVER -> false;
        };
        Scenario largest =
                oneMoreApp ? new Variation.OneMoreApp(PeopleScope.ORGANISATION, true).of(scenario) : scenario;
        return new PlanSize(
                apps(largest),
                scenario.load().stream()
                        .mapToLong(load -> load.kind().hasRate() ? requests(load) : calls(load, scenario))
                        .sum(),
                oneMoreApp);
    }

    /** Lanes of a scenario. */
    static long apps(Scenario scenario) {
        return scenario.tenants().stream()
                .mapToLong(group -> (long) group.count() * group.apps())
                .sum();
    }

    private static long requests(Load load) {
        Timing timing = load.timing();
        return Math.round(
                timing.perSecond() * (timing.untilSeconds() - timing.fromSeconds() - timing.rampSeconds() / 2));
    }

    private static long calls(Load campaign, Scenario scenario) {
        TenantGroup group = scenario.group(campaign.tenants());
        int contents = campaign.contents().count();
        long people = Math.ceilDiv(campaign.audience().people(), contents);
        return (long) group.count()
                * contents
                * Math.ceilDiv(people, group.mostPeoplePerCall(fullCall(group.channel())));
    }

    private static int fullCall(ChannelKind channel) {
        return channel == ChannelKind.DINGTALK_ROBOT ? Planner.ROBOT_PEOPLE_PER_CALL : FULL_CALL;
    }

    /**
     * Why it cannot be made, in a sentence that says what to do; empty when it can.
     *
     * @param memoryBytes most that Java may take
     */
    public Optional<String> refusal(long memoryBytes) {
        double neededBytes = LEAST_BYTES + (double) apps * APP_BYTES;
        if (neededBytes > memoryBytes) {
            return Optional.of(
                    "%,d apps take %.1f GiB of memory and Java has %.1f: plan fewer tenants%s, or set SLUICE_JAVA_OPTS=-Xmx%.0fg"
                            .formatted(
                                    apps,
                                    neededBytes / GIB,
                                    memoryBytes / GIB,
                                    oneMoreApp ? ", leave out what one more app would change with --no-what-if" : "",
                                    Math.ceil(neededBytes / GIB)));
        }
        return requests <= MOST_REQUESTS
                ? Optional.empty()
                : Optional.of(
                        "%,d requests and calls of campaigns are more than a plan goes through: take at most %,d, by fewer people, a lower rate, a shorter time or --scale"
                                .formatted(requests, MOST_REQUESTS));
    }
}
