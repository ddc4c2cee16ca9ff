package dev.sluice.loadtest.plan.check;

import dev.sluice.engine.model.Limits;
import dev.sluice.loadtest.scenario.Scenario;
import dev.sluice.loadtest.scenario.ScenarioFile;
import dev.sluice.loadtest.scenario.ScenarioInvalid;
import java.util.List;
import java.util.Map;

/**
 * A small load under limits that make it last some seconds, to be planned and to be run.
 *
 * @param name for the table
 * @param limits of its organisation
 * @param scenario with one group of tenants, "t", of the tier that is called as the case
 */
record CheckCase(String name, Limits limits, Scenario scenario) {
    /** The platform's answer takes so long, evenly spread. */
    static final int FROM_MILLIS = 20;

    static final int TO_MILLIS = 60;

    static CheckCase of(String name, Map<String, Long> limits, String tenant, String... loads) {
        StringBuilder yaml = new StringBuilder(
                """
                name: %s
                description: {en: x, zh: x}
                stage: {platformLatency: {fromMillis: %d, toMillis: %d}}
                tenants: [{name: t, tier: %s, receipts: none, people: 4900%s}]
                load:
                """.formatted(name, FROM_MILLIS, TO_MILLIS, name, tenant.isEmpty() ? "" : ", " + tenant));
        for (String load : loads) {
            yaml.append("  - {tenants: t, ").append(load).append("}\n");
        }
        try {
            return new CheckCase(name, new Limits(limits), ScenarioFile.parse(yaml.toString()));
        } catch (ScenarioInvalid invalid) {
            throw new IllegalArgumentException(name + ": " + invalid.getMessage(), invalid);
        }
    }

    /** Calls a second. */
    static Map<String, Long> qps(long calls) {
        return Map.of(Limits.QPS_PER_APP_AND_API, calls);
    }

    /** Calls a second, and people a minute. */
    static Map<String, Long> qpsAndPeople(long calls, long people) {
        return Map.of(Limits.QPS_PER_APP_AND_API, calls, Limits.PEOPLE_PER_MINUTE, people);
    }

    /** The one from which the machine's own share is measured, beside the others: 61 calls through 5 slots. */
    static CheckCase calibration() {
        return of("calibration", qps(5), "peoplePerCall: 1", "kind: campaign, people: 61");
    }

    /** Two short ones. */
    static List<CheckCase> brief() {
        return List.of(
                of("qps-5", qps(5), "peoplePerCall: 10", "kind: campaign, people: 300"),
                of(
                        "content-twice",
                        withSameContent(qps(4)),
                        "peoplePerCall: 10",
                        "kind: campaign, people: 120, content: news",
                        "kind: campaign, people: 200, content: news, fromSeconds: 1"));
    }

    /** Limits and loads of many kinds. */
    static List<CheckCase> all() {
        return List.of(
                of("qps-5-of-10", qps(5), "peoplePerCall: 10", "kind: campaign, people: 1000"),
                of("qps-20-of-1", qps(20), "peoplePerCall: 1", "kind: campaign, people: 300"),
                of("qps-30-of-5", qps(30), "peoplePerCall: 5", "kind: campaign, people: 2000"),
                of("qps-1-of-100", qps(1), "", "kind: campaign, people: 1450"),
                of("singles", qps(5), "", "kind: singles, untilSeconds: 10, perSecond: 8"),
                of("singles-ramp", qps(4), "", "kind: singles, untilSeconds: 15, perSecond: 10, rampSeconds: 10"),
                // It ends in the middle between two rounds of its slots. Near a round, whether the last of a content
                // come before it or
                // after is chance, and a second more or less.
                of(
                        "alerts",
                        qps(2),
                        "",
                        "kind: singles, untilSeconds: 10, perSecond: 20, contents: 3, priority: critical"),
                of("small-bulk", qps(2), "", "kind: bulk, untilSeconds: 10, perSecond: 4, people: 4"),
                of(
                        "small-bulk-equal",
                        qps(1),
                        "peoplePerCall: 20",
                        "kind: bulk, untilSeconds: 15, perSecond: 4, people: 5, contents: 2"),
                of("two-contents", qps(3), "peoplePerCall: 50", "kind: campaign, people: 2400, contents: 2"),
                of(
                        "three-starts",
                        qps(4),
                        "peoplePerCall: 20",
                        "kind: campaign, people: 600",
                        "kind: campaign, people: 500, fromSeconds: 3",
                        "kind: campaign, people: 400, fromSeconds: 6"),
                of(
                        "bulk-and-urgent",
                        qps(5),
                        "peoplePerCall: 10",
                        "kind: campaign, people: 500",
                        "kind: singles, untilSeconds: 12, perSecond: 2"),
                of(
                        "content-twice",
                        withSameContent(qps(3)),
                        "peoplePerCall: 10",
                        "kind: campaign, people: 300, content: news",
                        "kind: campaign, people: 600, content: news, fromSeconds: 3"),
                of("two-apps", qps(3), "apps: 2, peoplePerCall: 10", "kind: campaign, people: 900, contents: 2"),
                of("people-300", qpsAndPeople(20, 300), "peoplePerCall: 20", "kind: campaign, people: 560"),
                of("people-500", qpsAndPeople(20, 500), "peoplePerCall: 100", "kind: campaign, people: 900"),
                of("people-200-of-7", qpsAndPeople(10, 200), "peoplePerCall: 7", "kind: campaign, people: 350"),
                of(
                        "people-and-urgent",
                        qpsAndPeople(20, 400),
                        "peoplePerCall: 20",
                        "kind: campaign, people: 700",
                        "kind: singles, untilSeconds: 30, perSecond: 1"),
                of(
                        "people-of-two-apps",
                        qpsAndPeople(20, 300),
                        "apps: 2, peoplePerCall: 25",
                        "kind: campaign, people: 500, contents: 2"),
                of(
                        "people-of-requests",
                        qpsAndPeople(20, 250),
                        "",
                        "kind: bulk, untilSeconds: 20, perSecond: 2, people: 9"));
    }

    private static Map<String, Long> withSameContent(Map<String, Long> qps) {
        return Map.of(
                Limits.QPS_PER_APP_AND_API,
                qps.get(Limits.QPS_PER_APP_AND_API),
                Limits.SAME_CONTENT_PER_PERSON_AND_DAY,
                1L);
    }
}
