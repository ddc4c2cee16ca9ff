package dev.sluice.loadtest.bench;

import dev.sluice.loadtest.bench.client.CampaignClient;
import dev.sluice.loadtest.bench.meter.RoundTrip;
import dev.sluice.loadtest.bench.report.Figure;
import dev.sluice.loadtest.bench.report.Report;
import dev.sluice.loadtest.bench.stage.BenchEngine;
import dev.sluice.loadtest.bench.stage.BenchNode;
import dev.sluice.loadtest.bench.stage.BenchTenant;
import dev.sluice.loadtest.bench.stage.PeopleFile;
import dev.sluice.loadtest.client.Patience;
import dev.sluice.simulator.fault.Effect;
import dev.sluice.simulator.fault.FaultRule;
import dev.sluice.simulator.fault.Latency;
import dev.sluice.simulator.http.Api;
import dev.sluice.simulator.ledger.LedgerMode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * How much of a limit two nodes use, and whether they ever pass it, on the platform's clock: calls and answers are each late by 0 to 60 ms. Calls a second bind
 * lanes with one person a call; people a minute binds two apps of one organisation. After the time that is measured one node stops, and what is left goes out through the
 * other: the worst second and minute cover that too.
 */
final class GatesBench {
    private static final long SEED = 20261121;
    private static final int JITTER_MILLIS = 60;
    private static final List<Integer> CALLS_PER_SECOND = List.of(20, 40, 60);
    private static final int APPS = 2;
    private static final int PEOPLE_PER_MINUTE = 5_000;
    private static final int PEOPLE_PER_CALL = 100;
    /** A hundredth is kept for urgent messages, which leaves bulk so many full calls. */
    private static final int BULK_CALLS_PER_MINUTE = 49;
    /** Left for the node that remains. */
    private static final int SECONDS_AFTER = 10;

    private static final String PROFILE = """
            INSERT INTO limit_profile (profile, effective_from, limit_name, limit_value, source) VALUES ($1, '2025-01-01', $2, $3, 'benchmark')
            """;

    private final BenchNode node;
    private final Scale scale;
    private final Report report;

    GatesBench(BenchNode node, Scale scale, Report report) {
        this.node = node;
        this.scale = scale;
        this.report = report;
    }

    /** Apps that one limit holds, and how long it was watched. */
    private record Watched(int limit, List<BenchTenant> apps) {}

    void run() {
        report.progress("gates: two nodes, calls and answers late by 0 to %d ms (seed %d), %d s"
                .formatted(JITTER_MILLIS, SEED, scale.gateSeconds()));
        long early = node.simulator().faults().add(late(SEED, new Effect.DelayBefore(jitter())));
        long late = node.simulator().faults().add(late(SEED + 1, new Effect.DelayAfter(jitter())));
        node.simulator().ledger().restart(LedgerMode.CALLS);
        measure();
        node.simulator().ledger().restart(LedgerMode.COUNTERS);
        node.simulator().faults().remove(early);
        node.simulator().faults().remove(late);
    }

    private static FaultRule late(long seed, Effect effect) {
        return FaultRule.share(100, Api.NOTICE_SEND, seed, effect);
    }

    private static Latency jitter() {
        return new Latency.Uniform(0, JITTER_MILLIS);
    }

    private void measure() {
        List<Watched> seconds = new ArrayList<>();
        for (int limit : CALLS_PER_SECOND) {
            seconds.add(new Watched(limit, apps("qps" + limit, "qps-per-app-and-api", limit, 1)));
        }
        Watched minute =
                new Watched(PEOPLE_PER_MINUTE, apps("minute", "people-per-minute", PEOPLE_PER_MINUTE, PEOPLE_PER_CALL));
        RoundTrip roundTrip;
        long stoppedAtNanos;
        try (BenchEngine second = node.another("second")) {
            roundTrip =
                    new RoundTrip(List.of(node.parts().meters(), second.parts().meters()));
            seconds.forEach(this::start);
            startMinute(minute);
            Patience.pause(scale.gateSeconds() * 1_000L);
            stoppedAtNanos = System.nanoTime();
            roundTrip.stop();
        }
        seconds.forEach(this::awaitSettled);
        awaitSettled(minute);
        report.add(Figure.of("round trip that calls saw, mean", "ms", List.of(1e3 * roundTrip.meanSeconds()), ""));
        seconds.forEach(watched -> second(watched, stoppedAtNanos, roundTrip.meanSeconds()));
        minute(minute, stoppedAtNanos, roundTrip.meanSeconds());
    }

    private List<BenchTenant> apps(String name, String limit, int value, int peoplePerCall) {
        node.sql(PROFILE, name, limit, (long) value);
        List<BenchTenant> apps = new ArrayList<>();
        apps.add(BenchTenant.make(node, name, name, peoplePerCall));
        while (apps.size() < APPS) {
            apps.add(apps.getFirst().sibling(node, name + "-" + apps.size(), peoplePerCall));
        }
        return apps;
    }

    private void start(Watched watched) {
        int people = watched.limit() * (scale.gateSeconds() + SECONDS_AFTER);
        watched.apps().forEach(app -> start(app, people));
    }

    /** Together they have work for one minute more than is watched. */
    private void startMinute(Watched watched) {
        int minutes = 2 + scale.gateSeconds() / 60;
        watched.apps().forEach(app -> start(app, minutes * PEOPLE_PER_MINUTE / APPS));
    }

    private void start(BenchTenant app, int people) {
        CampaignClient client = new CampaignClient(node, app);
        Path csv = PeopleFile.of(people);
        BenchNode.await(client.store("gates", csv).compose(client::start));
    }

    private void awaitSettled(Watched watched) {
        watched.apps().forEach(app -> app.awaitSettled(node));
    }

    private void second(Watched watched, long untilNanos, double roundTripSeconds) {
        List<Double> worst = new ArrayList<>();
        List<Double> uses = new ArrayList<>();
        for (BenchTenant app : watched.apps()) {
            worst.add((double)
                    node.simulator().ledger().worstWindow(app.appKey(), Api.NOTICE_SEND, Duration.ofSeconds(1)));
            uses.add(SlotCycle.of(arrivals(List.of(app), untilNanos), watched.limit())
                    .usePercent(1, roundTripSeconds));
        }
        String what = "%d calls a second".formatted(watched.limit());
        report.add(Figure.of(what + ": worst second", "calls", worst, "never above " + watched.limit()));
        report.add(Figure.of("  use of Q / (1 s + round trip)", "%", uses, "goal 98 %; an app each"));
    }

    private void minute(Watched watched, long untilNanos, double roundTripSeconds) {
        double worst = node.simulator()
                .ledger()
                .worstRecipientsWindowOfCorp(watched.apps().getFirst().corpId(), Duration.ofMinutes(1));
        SlotCycle cycle = SlotCycle.of(arrivals(watched.apps(), untilNanos), BULK_CALLS_PER_MINUTE);
        double bulkShare = (double) BULK_CALLS_PER_MINUTE * PEOPLE_PER_CALL / PEOPLE_PER_MINUTE;
        report.add(Figure.of(
                "5,000 people a minute: worst minute", "people", List.of(worst), "two apps of one organisation"));
        report.add(Figure.of(
                "  use of 5,000 a minute", "%", List.of(bulkShare * cycle.usePercent(60, 0)), "bulk may have 98 %"));
        report.add(Figure.of(
                "  use of 4,900 / (60 s + round trip)",
                "%",
                List.of(cycle.usePercent(60, roundTripSeconds)),
                "goal 98 %"));
    }

    private List<Long> arrivals(List<BenchTenant> apps, long untilNanos) {
        List<String> keys = apps.stream().map(BenchTenant::appKey).toList();
        List<Long> arrivals = new ArrayList<>();
        node.simulator().ledger().forEach(call -> {
            if (call.api() == Api.NOTICE_SEND && keys.contains(call.appKey()) && call.arrivalNanos() < untilNanos) {
                arrivals.add(call.arrivalNanos());
            }
        });
        return arrivals;
    }
}
