package dev.sluice.loadtest.bench;

import dev.sluice.loadtest.bench.client.LoadClient;
import dev.sluice.loadtest.bench.client.SingleSends;
import dev.sluice.loadtest.bench.report.Figure;
import dev.sluice.loadtest.bench.report.Report;
import dev.sluice.loadtest.bench.stage.BenchNode;
import dev.sluice.loadtest.bench.stage.BenchTenant;
import dev.sluice.loadtest.bench.stage.PeopleFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * From the first byte of a people file to the last settled delivery, with quotas out of the way: campaigns are uploaded two at a time, and each is delivered while
 * others are uploaded.
 */
final class EndToEndBench {
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

    /** A call for every person: of a campaign, and of as many messages. */
    void one() {
        report.progress("end to end, 1 person a call");
        measure("one", 1, 1, scale.singlesPeople());
        report.progress("end to end, single sends, 1 person a call");
        singles();
    }

    private void singles() {
        BenchTenant tenant = BenchTenant.make(node, "singles", "unlimited", 1);
        EndToEndRound round = new EndToEndRound(node, tenant);
        LoadClient sender = SingleSends.client(node, node.httpPort(), tenant);
        scale.warmUp().of(() -> round.messages(sender, scale.loadSeconds()));
        List<Double> rates = new ArrayList<>();
        for (int i = 0; i < scale.rounds(); i++) {
            rates.add(round.messages(sender, scale.loadSeconds()));
        }
        String note = "POST /v1/messages to settled, %d connections, 1 a call".formatted(SingleSends.CONNECTIONS);
        report.add(Figure.of("end to end, single sends", "messages/s", rates, note));
    }

    private void measure(String name, int peoplePerCall, int campaigns, int people) {
        BenchTenant tenant = BenchTenant.make(node, name, "unlimited", peoplePerCall);
        EndToEndRound round = new EndToEndRound(node, tenant);
        Path csv = PeopleFile.of(people);
        scale.warmUp().of(() -> round.rate(csv, campaigns, people));
        List<Double> whole = new ArrayList<>();
        List<Double> settling = new ArrayList<>();
        for (int i = 0; i < scale.rounds(); i++) {
            whole.add(round.rate(csv, campaigns, people));
            settling.add(round.storedFirst(csv, campaigns, people).settledPerSecond());
        }
        String size = "%d x %,d people, %d a call".formatted(campaigns, people, peoplePerCall);
        report.add(Figure.of(
                "end to end, batch " + peoplePerCall,
                "deliveries/s",
                whole,
                size + (peoplePerCall == 100 ? "; upload included; floor 50,000" : "; upload included")));
        report.add(Figure.of("  settling alone, batch " + peoplePerCall, "deliveries/s", settling, "stored before"));
    }
}
