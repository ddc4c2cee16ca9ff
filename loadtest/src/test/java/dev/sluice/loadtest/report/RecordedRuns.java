package dev.sluice.loadtest.report;

import dev.sluice.engine.model.DeliveryState;
import dev.sluice.loadtest.chart.Label;
import dev.sluice.loadtest.report.data.EngineAway;
import dev.sluice.loadtest.report.data.Event;
import dev.sluice.loadtest.report.data.LatencySeries;
import dev.sluice.loadtest.report.data.PromiseRow;
import dev.sluice.loadtest.report.data.RunHead;
import dev.sluice.loadtest.report.data.RunRecord;
import dev.sluice.loadtest.report.data.Sample;
import dev.sluice.loadtest.report.data.StageSample;
import dev.sluice.loadtest.verdict.Finding;
import dev.sluice.loadtest.verdict.Invariant;
import dev.sluice.loadtest.verdict.Promise;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** Runs as the load generator records them. */
final class RecordedRuns {
    static final String HOSTILE = "</script><img src=x onerror=alert(1)> & 'x' \"y\" 张伟\u0007";

    private RecordedRuns() {}

    /** A campaign of 5,000 people at once, settled at 83 a second. */
    static RunRecord of(int seconds) {
        return of(
                "steady",
                seconds,
                List.of(kept(), broken()),
                List.of(new Event(3, "kill -9 of node 1", "kill -9 强杀节点 1")),
                Map.of("Seed", "1"));
    }

    static RunRecord of(
            String name, int seconds, List<PromiseRow> promises, List<Event> events, Map<String, String> facts) {
        return new RunRecord(
                head(name, seconds, facts),
                IntStream.rangeClosed(1, seconds).mapToObj(RecordedRuns::sample).toList(),
                List.of(new LatencySeries(
                        "accept",
                        IntStream.rangeClosed(1, seconds)
                                .mapToObj(second -> new LatencySeries.Point(second, 4, 20, 90 + second % 7))
                                .toList())),
                promises,
                Map.of(DeliveryState.SENT, 4_990L, DeliveryState.FAILED, 10L, DeliveryState.WAITING, 0L),
                events);
    }

    /** The same against an engine elsewhere. */
    static RunRecord elsewhere(int seconds) {
        RunRecord here = of("steady", seconds, List.of(kept()), List.of(), Map.of("engine", "http://127.0.0.1:8080"));
        List<Sample> samples = here.samples().stream()
                .map(sample -> new Sample(
                        sample.second(),
                        sample.offered(),
                        sample.accepted(),
                        sample.refused(),
                        sample.settled(),
                        Optional.empty()))
                .toList();
        return new RunRecord(here.head(), samples, here.latency(), here.promises(), here.states(), here.events());
    }

    /** The same when it gave no answer any more. */
    static RunRecord away(int seconds) {
        RunRecord run = elsewhere(seconds);
        return new RunRecord(
                run.head(),
                run.samples(),
                run.latency(),
                run.promises(),
                run.states(),
                run.events(),
                Optional.of(new EngineAway(12.4, 0, 312, 1_500)));
    }

    static RunHead head(String name, double seconds, Map<String, String> facts) {
        return new RunHead(
                name,
                "An ordinary minute.",
                "普通的一分钟。",
                Instant.parse("2026-11-21T12:00:00Z"),
                seconds,
                "2 cores",
                "abc1234",
                "./sluice load steady.yaml",
                facts);
    }

    static Sample sample(int second) {
        long settled = 83L * second;
        return new Sample(
                second,
                5_000,
                5_000,
                0,
                settled,
                Optional.of(new StageSample(
                        settled,
                        second,
                        Map.of("people-per-minute:notice 5000 per 60 s", 5_000L),
                        0.99,
                        Double.NaN,
                        0.5,
                        100 << 20,
                        50 << 20)));
    }

    static Sample waiting(int second, Map<String, Long> byGate) {
        return new Sample(second, 0, 0, 0, 0, Optional.of(new StageSample(0, 0, byGate, 0, 0, 0, 0, 0)));
    }

    static PromiseRow kept() {
        return new PromiseRow(
                Promise.ONCE.title(), Promise.ONCE.invariants(), Label.same("0"), Label.same("0"), Finding.Outcome.OK);
    }

    static PromiseRow broken() {
        return new PromiseRow(
                new Label("p99 of accepting", "接受耗时 p99"),
                List.of(Invariant.I1, Invariant.I2),
                new Label("300 ms, 5 sent", "300 ms，发出 5 条"),
                Label.same("≤ 100 ms"),
                Finding.Outcome.BROKEN);
    }
}
