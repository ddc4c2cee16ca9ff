package dev.sluice.loadtest.bench;

import dev.sluice.engine.model.IdSequence;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Whether a busy lane feels what else there is: the same campaign, settled beside more and more waiting deliveries, then beside more and more tenants whose lanes wait. */
final class GrowthBench {
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
        BenchTenant busy = BenchTenant.make(node, "growth", "unlimited", 100);
        EndToEndRound round = new EndToEndRound(node, busy);
        Path csv = PeopleFile.of(scale.campaignPeople());
        scale.warmUp().of(() -> round.settlingRate(csv, 1, scale.campaignPeople()));
        Curve waiting = new Curve("growth-waiting", "Beside so many waiting deliveries");
        int made = 0;
        for (int size : scale.backlogs()) {
            report.progress("%,d waiting deliveries beside".formatted(size));
            Backlog.make(node, size - made);
            made = size;
            measure(waiting, round, csv, size, "%,d waiting beside".formatted(size));
        }
        Curve tenants = new Curve("growth-tenants", "Beside so many tenants");
        made = 0;
        for (int size : TENANTS) {
            report.progress("%,d tenants beside".formatted(size));
            Crowd.add(node, "crowd" + size + "-", size - made, ids.next());
            made = size;
            measure(tenants, round, csv, size, "%,d tenants beside".formatted(size));
        }
        report.curve(waiting);
        report.curve(tenants);
    }

    private void measure(Curve curve, EndToEndRound round, Path csv, int size, String beside) {
        SpentMeter meter = new SpentMeter(node);
        List<Double> rates = new ArrayList<>();
        List<Double> micros = new ArrayList<>();
        for (int i = 0; i < scale.rounds(); i++) {
            Spent before = meter.read();
            rates.add(round.settlingRate(csv, 1, scale.campaignPeople()));
            micros.add(1e6 * meter.read().since(before).operatorSeconds() / scale.campaignPeople());
        }
        double heap = heapMegabytes();
        add(curve, size, Figure.of("settling, " + beside, "deliveries/s", rates, "batch 100, stored before"));
        add(
                curve,
                size,
                Figure.of(
                        "  processor time, " + beside,
                        "µs/delivery",
                        micros,
                        "engine, Postgres, Redis; upload included"));
        add(curve, size, Figure.of("  heap after GC, " + beside, "MB", List.of(heap), ""));
    }

    private void add(Curve curve, int size, Figure figure) {
        report.add(figure);
        String name = figure.what().strip();
        curve.add(name.substring(0, name.indexOf(',')), size, figure.samples().median());
    }

    private static double heapMegabytes() {
        for (int i = 0; i < 3; i++) {
            ManagementFactory.getMemoryMXBean().gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / 1048576.0;
    }

    /** A size as an axis shows it. */
    static String label(double size) {
        return String.format(Locale.ROOT, "%,.0f", size);
    }
}
