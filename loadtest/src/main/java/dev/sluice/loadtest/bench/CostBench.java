package dev.sluice.loadtest.bench;

import dev.sluice.loadtest.bench.meter.Spent;
import dev.sluice.loadtest.bench.meter.SpentMeter;
import dev.sluice.loadtest.bench.meter.Statements;
import dev.sluice.loadtest.bench.report.Figure;
import dev.sluice.loadtest.bench.report.Report;
import dev.sluice.loadtest.bench.report.Samples;
import dev.sluice.loadtest.bench.stage.BenchNode;
import dev.sluice.loadtest.bench.stage.BenchTenant;
import dev.sluice.loadtest.bench.stage.PeopleFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What a delivery costs from its upload to settled, in calls of 100 and of 1: processor time by who used it, bytes, statements. The limiter
 * is asked for every call; its limit is a million a second.
 */
final class CostBench {
    static final int BATCH = 100;
    private static final String PROFILE = """
            INSERT INTO limit_profile (profile, effective_from, limit_name, limit_value, source)
            VALUES ('cost', '2025-01-01', 'qps-per-app-and-api', 1000000, 'benchmark')
            """;

    private final BenchNode node;
    private final Scale scale;
    private final Report report;

    /** @param node whose Postgres counts statements */
    CostBench(BenchNode node, Scale scale, Report report) {
        this.node = node;
        this.scale = scale;
        this.report = report;
    }

    /** Rounds with one size of batch; all values for one delivery. */
    private record Rounds(int people, List<Spent> spent) {
        List<Double> perDelivery(ToDoubleFunction<Spent> value, double factor) {
            return spent.stream()
                    .map(one -> factor * value.applyAsDouble(one) / people)
                    .toList();
        }

        double median(ToDoubleFunction<Spent> value, double factor) {
            return new Samples(perDelivery(value, factor)).median();
        }
    }

    void run() throws IOException {
        report.progress("cost of a delivery in calls of %d and of 1".formatted(BATCH));
        node.sql(PROFILE);
        Rounds batched = measure(BATCH, scale.costPeople());
        Rounds single = measure(1, scale.costPeople() / 10);
        coefficients(single, batched);
    }

    private Rounds measure(int batch, int people) throws IOException {
        BenchTenant tenant = BenchTenant.make(node, "cost" + batch, "cost", batch);
        EndToEndRound round = new EndToEndRound(node, tenant);
        Path csv = PeopleFile.of(people);
        SpentMeter meter = new SpentMeter(node);
        Statements statements = new Statements(node);
        scale.warmUp().of(() -> round.rate(csv, 1, people));
        Rounds rounds = new Rounds(people, new ArrayList<>());
        statements.forget();
        for (int i = 0; i < scale.rounds(); i++) {
            Spent before = meter.read();
            round.rate(csv, 1, people);
            rounds.spent().add(meter.read().since(before));
        }
        show(rounds, batch);
        List<Statements.Counted> counted = statements.read();
        long deliveries = (long) people * scale.rounds();
        double calls = counted.stream().mapToLong(Statements.Counted::calls).sum();
        report.add(
                Figure.of("  statements", "/1,000 deliveries", List.of(1e3 * calls / deliveries), "each a round trip"));
        report.appendix("Statements, calls of " + batch, Statements.text(counted, deliveries));
        Files.deleteIfExists(csv);
        return rounds;
    }

    private void show(Rounds rounds, int batch) {
        String note = "%,d a round, upload included".formatted(rounds.people());
        figure(rounds, "delivery in calls of " + batch + ": engine", "µs", Spent::engineSeconds, 1e6, note);
        figure(rounds, "  Postgres", "µs", Spent::postgresSeconds, 1e6, "all its processes");
        figure(rounds, "  Redis", "µs", Spent::redisSeconds, 1e6, "");
        figure(rounds, "  simulator", "µs", Spent::simulatorSeconds, 1e6, "not ours to pay");
        figure(rounds, "  allocated on the heap", "bytes", Spent::engineBytes, 1, "engine's threads");
        figure(rounds, "  tables and indexes", "bytes", Spent::tableBytes, 1, "grown by");
        figure(rounds, "  written ahead", "bytes", Spent::walBytes, 1, "");
        figure(
                rounds,
                "  Redis commands",
                "/1,000 deliveries",
                Spent::redisCommands,
                1e3,
                "those that scripts run included");
    }

    private void figure(
            Rounds rounds, String what, String unit, ToDoubleFunction<Spent> value, double factor, String note) {
        report.add(Figure.of(what, unit, rounds.perDelivery(value, factor), note));
    }

    /** For the planner: the same names as its file has. */
    private void coefficients(Rounds single, Rounds batched) {
        Cost cpu = apart(single, batched, Spent::operatorSeconds, 1e6);
        Cost bytes = apart(single, batched, Spent::tableBytes, 1);
        Cost wal = apart(single, batched, Spent::walBytes, 1);
        report.coefficient("deliveryCpuMicros", cpu.perDelivery());
        report.coefficient("callCpuMicros", cpu.perCall());
        report.coefficient("deliveryBytes", bytes.perDelivery());
        report.coefficient("callBytes", bytes.perCall());
        report.coefficient("deliveryWalBytes", wal.perDelivery());
        report.coefficient("callWalBytes", wal.perCall());
        report.coefficient("coresOfANode", Runtime.getRuntime().availableProcessors());
    }

    private static Cost apart(Rounds single, Rounds batched, ToDoubleFunction<Spent> value, double factor) {
        return Cost.of(single.median(value, factor), batched.median(value, factor), BATCH);
    }
}
