package dev.sluice.loadtest.bench;

import dev.sluice.loadtest.bench.client.CampaignClient;
import dev.sluice.loadtest.bench.report.Figure;
import dev.sluice.loadtest.bench.report.Report;
import dev.sluice.loadtest.bench.stage.BenchNode;
import dev.sluice.loadtest.bench.stage.BenchTenant;
import dev.sluice.loadtest.bench.stage.PeopleFile;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Campaign files over HTTP beside a bare insert of the same delivery rows: one file against one writer, then two against two. */
final class IngestBench {
    private final BenchNode node;
    private final Scale scale;
    private final Report report;

    IngestBench(BenchNode node, Scale scale, Report report) {
        this.node = node;
        this.scale = scale;
        this.report = report;
    }

    void run() {
        report.progress("people files of %,d over HTTP, beside a bare insert".formatted(scale.filePeople()));
        BenchTenant tenant = BenchTenant.make(node, "ingest", "unlimited", 100);
        CampaignClient campaigns = new CampaignClient(node, tenant);
        Path csv = PeopleFile.of(scale.filePeople());
        BareInsert bare = new BareInsert(node, scale.filePeople());
        scale.warmUp().of(() -> rate(1, bare::run));
        scale.warmUp().of(() -> rate(1, () -> campaigns.store("bench", csv)));
        for (int writers = 1; writers <= 2; writers++) {
            compare(writers, bare, campaigns, csv);
        }
    }

    private void compare(int writers, BareInsert bare, CampaignClient campaigns, Path csv) {
        List<Double> bareRates = new ArrayList<>();
        List<Double> oursRates = new ArrayList<>();
        List<Double> shares = new ArrayList<>();
        for (int round = 0; round < scale.rounds(); round++) {
            double inserted = rate(writers, bare::run);
            double uploaded = rate(writers, () -> campaigns.store("bench", csv));
            bareRates.add(inserted);
            oursRates.add(uploaded);
            shares.add(100 * uploaded / inserted);
        }
        String files = writers == 1 ? "1 file of %,d" : writers + " files of %,d at once";
        report.add(
                Figure.of("bare unnest insert", "rows/s", bareRates, writers + " connection(s), 5,000 rows a commit"));
        report.add(Figure.of("campaign upload", "people/s", oursRates, files.formatted(scale.filePeople())));
        report.add(Figure.of("  share of the bare insert", "%", shares, "floor 50 %"));
    }

    /** Rows a second of so many runs at once. A checkpoint before, so that nobody pays for another's pages. */
    private double rate(int writers, Supplier<Future<?>> run) {
        node.sql("CHECKPOINT");
        long startedNanos = System.nanoTime();
        List<Future<?>> running = new ArrayList<>();
        for (int i = 0; i < writers; i++) {
            running.add(run.get());
        }
        BenchNode.await(Future.all(running));
        return (double) writers * scale.filePeople() / ((System.nanoTime() - startedNanos) / 1e9);
    }
}
