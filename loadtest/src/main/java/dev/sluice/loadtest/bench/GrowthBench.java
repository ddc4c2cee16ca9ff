package dev.sluice.loadtest.bench;

import dev.sluice.engine.model.IdSequence;
import dev.sluice.loadtest.bench.client.LoadResult;
import dev.sluice.loadtest.bench.meter.Heap;
import dev.sluice.loadtest.bench.report.Curve;
import dev.sluice.loadtest.bench.report.Figure;
import dev.sluice.loadtest.bench.report.Report;
import dev.sluice.loadtest.bench.stage.Backlog;
import dev.sluice.loadtest.bench.stage.BenchNode;
import dev.sluice.loadtest.bench.stage.Crowd;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** Whether a node feels what else there is: the same sends and the same campaign beside more and more waiting deliveries, then beside more and more tenants whose lanes wait. */
final class GrowthBench {
    private static final String BESIDE_WAITING = "growth-waiting";
    private static final String BESIDE_TENANTS = "growth-tenants";
    /** The ids of its curves. */
    static final List<String> CURVES = List.of(BESIDE_WAITING, BESIDE_TENANTS);

    private static final List<Integer> TENANTS = List.of(10, 1_000, 10_000);

    private final BenchNode node;
    private final Scale scale;
    private final Report report;
    private final IdSequence ids = new IdSequence(System::currentTimeMillis, 252);

    GrowthBench(BenchNode node, Scale scale, Report report) {
        this.node = node;
        this.scale = scale;
        this.report = report;
    }

    void run() {
        report.progress("growth: single sends, files of %,d and their settling".formatted(scale.campaignPeople()));
        GrowthRound round = new GrowthRound(node, scale);
        round.warmUp();
        report.curve(waiting(round));
        report.curve(tenants(round));
    }

    private Curve waiting(GrowthRound round) {
        Curve curve = new Curve(BESIDE_WAITING, "Beside so many waiting deliveries");
        int made = 0;
        for (int size : scale.backlogs()) {
            report.progress("%,d waiting deliveries beside".formatted(size));
            Backlog.make(node, size - made);
            made = size;
            measure(curve, round, size, "%,d waiting beside".formatted(size));
        }
        return curve;
    }

    private Curve tenants(GrowthRound round) {
        int backlog = scale.backlogs().getLast();
        Curve curve = new Curve(
                BESIDE_TENANTS,
                "Beside so many tenants with a delivery that waits, and %,d waiting of another".formatted(backlog));
        int made = 0;
        for (int size : TENANTS) {
            report.progress("%,d tenants beside".formatted(size));
            Crowd.add(node, "crowd" + size + "-", size - made, ids.next());
            made = size;
            measure(curve, round, size, "%,d tenants beside".formatted(size));
        }
        return curve;
    }

    private void measure(Curve curve, GrowthRound round, int size, String beside) {
        List<Double> atRest = List.of(round.atRest());
        List<LoadResult> singles = new ArrayList<>();
        List<GrowthRound.Campaign> campaigns = new ArrayList<>();
        for (int i = 0; i < scale.rounds(); i++) {
            singles.add(round.singles());
            campaigns.add(round.campaign());
        }
        Point at = new Point(curve, size, beside);
        add(at, "at rest", "% of a processor", atRest, share -> share, "engine, Postgres, Redis; nobody sends");
        add(at, "single sends", "/s", singles, LoadResult::perSecond, "durable; closed loop; lane paused");
        add(at, "  p99 of single sends", "ms", singles, one -> one.millis(99), "saturated");
        String file = "1 file of %,d".formatted(scale.campaignPeople());
        add(at, "upload", "people/s", campaigns, one -> one.rates().ingestedPerSecond(), file);
        String stored = "batch 100, stored before";
        add(at, "settling", "deliveries/s", campaigns, one -> one.rates().settledPerSecond(), stored);
        String whose = "engine, Postgres, Redis; upload included";
        add(at, "  processor time", "µs/delivery", campaigns, GrowthRound.Campaign::cpuMicros, whose);
        add(
                at,
                "  heap after GC",
                "MB",
                List.of(Heap.usedMegabytes()),
                megabytes -> megabytes,
                "engine, simulator and client");
    }

    /**
     * Where figures belong.
     *
     * @param size on the curve's axis
     * @param beside the same in words
     */
    private record Point(Curve curve, int size, String beside) {}

    private <T> void add(Point at, String what, String unit, List<T> rounds, ToDoubleFunction<T> value, String note) {
        List<Double> values = rounds.stream().map(value::applyAsDouble).toList();
        report.add(Figure.of(what + ", " + at.beside(), unit, values, note));
        at.curve().add(at.size(), Figure.of(what.strip(), unit, values, note));
    }
}
