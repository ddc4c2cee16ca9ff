package dev.sluice.loadtest.bench;

import dev.sluice.loadtest.bench.client.LoadClient;
import dev.sluice.loadtest.bench.client.LoadPlan;
import dev.sluice.loadtest.bench.client.LoadResult;
import dev.sluice.loadtest.bench.client.SingleSends;
import dev.sluice.loadtest.bench.meter.Spent;
import dev.sluice.loadtest.bench.meter.SpentMeter;
import dev.sluice.loadtest.bench.stage.BenchNode;
import dev.sluice.loadtest.bench.stage.BenchTenant;
import dev.sluice.loadtest.bench.stage.PeopleFile;
import dev.sluice.loadtest.client.Patience;
import java.nio.file.Path;
import java.time.Duration;

/** What is measured at a size: single sends, then a campaign that is stored and delivered. All of it is settled when a round ends: nothing of it waits beside the next. */
final class GrowthRound {
    private static final int PEOPLE_PER_CALL = 100;
    /** Several rounds of whatever a node does from time to time. */
    private static final int REST_SECONDS = 20;

    private static final String VACUUMING =
            "SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'autovacuum worker'";
    private static final Duration VACUUM_LIMIT = Duration.ofMinutes(5);

    private final BenchNode node;
    private final Scale scale;
    /** Another than the campaigns': sums over a tenant's submissions would be slow beside so many single ones. */
    private final BenchTenant sender;

    private final LoadClient singles;
    private final EndToEndRound campaigns;
    private final Path csv;
    private final SpentMeter meter;

    GrowthRound(BenchNode node, Scale scale) {
        this.node = node;
        this.scale = scale;
        this.sender = BenchTenant.make(node, "growth-singles", "unlimited", PEOPLE_PER_CALL);
        this.singles = SingleSends.client(node, node.httpPort(), sender);
        this.campaigns =
                new EndToEndRound(node, BenchTenant.make(node, "growth-campaigns", "unlimited", PEOPLE_PER_CALL));
        this.csv = PeopleFile.of(scale.campaignPeople());
        this.meter = new SpentMeter(node);
    }

    /**
     * What a campaign came to.
     *
     * @param rates of storing and of settling
     * @param cpuMicros of engine and stores for a delivery, upload included
     */
    record Campaign(EndToEndRound.Rates rates, double cpuMicros) {}

    void warmUp() {
        scale.warmUp().of(this::campaign);
        sender.pause(node, true);
        scale.warmUp().of(this::load);
        release();
    }

    /**
     * What engine and stores use while nobody sends, in percent of one processor. What Postgres owes for the sizes before is done first: its own vacuum of them
     * takes as much as everything else several times over, and comes when it likes.
     */
    double atRest() {
        node.sql("VACUUM ANALYZE");
        if (!Patience.until(VACUUM_LIMIT, () -> node.number(VACUUMING) == 0)) {
            throw new IllegalStateException(
                    "Postgres vacuums for longer than " + VACUUM_LIMIT.toMinutes() + " minutes");
        }
        node.sql("CHECKPOINT");
        Spent before = meter.read();
        Patience.pause(REST_SECONDS * 1_000L);
        return 100 * meter.read().since(before).operatorSeconds() / REST_SECONDS;
    }

    /** Accepted by a lane that is held, as the other benchmark of single sends has it; then let go. */
    LoadResult singles() {
        sender.pause(node, true);
        LoadResult accepted = load();
        release();
        return accepted;
    }

    private LoadResult load() {
        return BenchNode.await(singles.run(new LoadPlan(scale.loadSeconds(), 0)));
    }

    private void release() {
        sender.pause(node, false);
        sender.awaitSettled(node);
    }

    /** Stored, then delivered. A checkpoint before, so that it does not pay for the pages of others. */
    Campaign campaign() {
        node.sql("CHECKPOINT");
        Spent before = meter.read();
        EndToEndRound.Rates rates = campaigns.storedFirst(csv, 1, scale.campaignPeople());
        double seconds = meter.read().since(before).operatorSeconds();
        return new Campaign(rates, 1e6 * seconds / scale.campaignPeople());
    }
}
