package dev.sluice.loadtest.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * From the first byte of a people file to the last settled delivery, with quotas out of the way: campaigns are uploaded one after the other, and each is delivered
 * while the next is uploaded.
 */
final class EndToEndBench {
    private static final String UNSETTLED = """
            SELECT count(*) FROM submission WHERE tenant_id = $1 AND state = 1
            """;
    private static final String SENT = """
            SELECT coalesce(sum(sent), 0)::bigint FROM submission WHERE tenant_id = $1
            """;
    private static final long LOOK_MILLIS = 20;

    private final BenchNode node;
    private final Scale scale;
    private final Report report;

    EndToEndBench(BenchNode node, Scale scale, Report report) {
        this.node = node;
        this.scale = scale;
        this.report = report;
    }

    /** Full work notices. */
    void full() {
        report.progress("end to end, 100 people a call");
        measure("full", 100, scale.campaigns(), scale.campaignPeople());
    }

    /** A call for every person. */
    void one() {
        report.progress("end to end, 1 person a call");
        measure("one", 1, 1, scale.singlesPeople());
    }

    private void measure(String name, int peoplePerCall, int campaigns, int people) {
        BenchTenant tenant = BenchTenant.make(node, name, "unlimited", peoplePerCall);
        CampaignClient client = new CampaignClient(node, tenant);
        Path csv = PeopleFile.of(people);
        round(tenant, client, csv, campaigns, people);
        List<Double> whole = new ArrayList<>();
        List<Double> settling = new ArrayList<>();
        for (int round = 0; round < scale.rounds(); round++) {
            whole.add(round(tenant, client, csv, campaigns, people));
            settling.add(settling(tenant, client, csv, campaigns, people));
        }
        String size = "%d x %,d people, %d a call".formatted(campaigns, people, peoplePerCall);
        report.add(Figure.of(
                "end to end, batch " + peoplePerCall,
                "deliveries/s",
                whole,
                size + (peoplePerCall == 100 ? "; upload included; floor 50,000" : "; upload included")));
        report.add(Figure.of("  settling alone, batch " + peoplePerCall, "deliveries/s", settling, "stored before"));
    }

    private double round(BenchTenant tenant, CampaignClient client, Path csv, int campaigns, int people) {
        long before = node.number(SENT, tenant.tenantId());
        long startedNanos = System.nanoTime();
        for (int i = 0; i < campaigns; i++) {
            String id = stored(client, csv);
            BenchNode.await(client.start(id));
        }
        return rateSince(startedNanos, tenant, before, (long) campaigns * people);
    }

    private double settling(BenchTenant tenant, CampaignClient client, Path csv, int campaigns, int people) {
        long before = node.number(SENT, tenant.tenantId());
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < campaigns; i++) {
            ids.add(stored(client, csv));
        }
        long startedNanos = System.nanoTime();
        ids.forEach(id -> BenchNode.await(client.start(id)));
        return rateSince(startedNanos, tenant, before, (long) campaigns * people);
    }

    private static String stored(CampaignClient client, Path csv) {
        String id = BenchNode.await(client.create("end to end " + System.nanoTime()));
        BenchNode.await(client.upload(id, csv));
        return id;
    }

    private double rateSince(long startedNanos, BenchTenant tenant, long sentBefore, long asked) {
        while (node.number(UNSETTLED, tenant.tenantId()) > 0) {
            Pauses.millis(LOOK_MILLIS);
        }
        double seconds = (System.nanoTime() - startedNanos) / 1e9;
        long sent = node.number(SENT, tenant.tenantId()) - sentBefore;
        if (sent != asked) {
            throw new IllegalStateException("%,d of %,d deliveries were sent".formatted(sent, asked));
        }
        return asked / seconds;
    }
}
