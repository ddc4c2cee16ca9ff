package dev.sluice.loadtest.bench;

import dev.sluice.loadtest.bench.client.CampaignClient;
import dev.sluice.loadtest.bench.client.LoadClient;
import dev.sluice.loadtest.bench.client.LoadPlan;
import dev.sluice.loadtest.bench.stage.BenchNode;
import dev.sluice.loadtest.bench.stage.BenchTenant;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * One pass of campaigns through everything, by one tenant: uploaded two at a time, each delivered while others are uploaded, or all stored before the first starts.
 */
final class EndToEndRound {
    private static final String SENT = """
            SELECT coalesce(sum(sent), 0)::bigint FROM submission WHERE tenant_id = $1
            """;
    /** One file is inserted by one connection, so by one core. */
    private static final int UPLOADS_AT_ONCE = 2;

    private final BenchNode node;
    private final BenchTenant tenant;
    private final CampaignClient client;

    EndToEndRound(BenchNode node, BenchTenant tenant) {
        this.node = node;
        this.tenant = tenant;
        this.client = new CampaignClient(node, tenant);
    }

    /** Deliveries a second from the first byte of the first file to the last settled delivery. */
    double rate(Path csv, int campaigns, int people) {
        long before = sent();
        long startedNanos = System.nanoTime();
        List<Future<?>> uploads = new ArrayList<>();
        for (int first = 0; first < UPLOADS_AT_ONCE; first++) {
            uploads.add(run(csv, first, campaigns));
        }
        BenchNode.await(Future.all(uploads));
        return rateSince(startedNanos, before, (long) campaigns * people);
    }

    /** Uploads and starts that campaign, then every second one after it. */
    private Future<?> run(Path csv, int campaign, int campaigns) {
        return campaign >= campaigns
                ? Future.succeededFuture()
                : stored(csv)
                        .compose(client::start)
                        .compose(started -> run(csv, campaign + UPLOADS_AT_ONCE, campaigns));
    }

    /**
     * What a round with all files stored before the first campaign starts came to.
     *
     * @param ingestedPerSecond people of the files, one file after the other
     * @param settledPerSecond deliveries, from the start of the first campaign
     */
    record Rates(double ingestedPerSecond, double settledPerSecond) {}

    /** Stores campaigns, then delivers them. */
    Rates storedFirst(Path csv, int campaigns, int people) {
        long before = sent();
        long asked = (long) campaigns * people;
        List<String> ids = new ArrayList<>();
        long uploadedNanos = System.nanoTime();
        for (int i = 0; i < campaigns; i++) {
            ids.add(BenchNode.await(stored(csv)));
        }
        long startedNanos = System.nanoTime();
        ids.forEach(id -> BenchNode.await(client.start(id)));
        return new Rates(asked / ((startedNanos - uploadedNanos) / 1e9), rateSince(startedNanos, before, asked));
    }

    /** Messages of one person each, a second: from the first request to the last settled delivery, sent as fast as answers come. */
    double messages(LoadClient sender, int seconds) {
        long before = sent();
        long startedNanos = System.nanoTime();
        long answered = BenchNode.await(sender.run(new LoadPlan(seconds, 0))).accepted();
        tenant.awaitSettled(node);
        double took = (System.nanoTime() - startedNanos) / 1e9;
        // What was on its way when the time was over is answered and delivered too.
        long sent = sent() - before;
        if (sent < answered) {
            throw new IllegalStateException("%,d of %,d messages were sent".formatted(sent, answered));
        }
        return sent / took;
    }

    /** Each has a content of its own: nobody gets the same twice. */
    private Future<String> stored(Path csv) {
        return client.store("end to end " + System.nanoTime(), csv);
    }

    private double rateSince(long startedNanos, long sentBefore, long asked) {
        tenant.awaitSettled(node);
        double seconds = (System.nanoTime() - startedNanos) / 1e9;
        long sent = sent() - sentBefore;
        if (sent != asked) {
            throw new IllegalStateException("%,d of %,d deliveries were sent".formatted(sent, asked));
        }
        return asked / seconds;
    }

    private long sent() {
        return node.number(SENT, tenant.tenantId());
    }
}
