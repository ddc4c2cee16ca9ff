package dev.sluice.engine.ingestion;

import dev.sluice.engine.http.ProblemType;
import dev.sluice.engine.metrics.Meters;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** What ingestion counts, for all of a node's instances of the send API. Thread-safe. */
public final class IngestionMeters {
    private final Counter submissions;
    private final Counter deliveries;
    private final Counter campaignRows;
    private final Timer commit;
    private final DistributionSummary groupSize;
    private final AtomicInteger rowsQueued = new AtomicInteger();
    private final AtomicInteger uploads = new AtomicInteger();
    private final Map<ProblemType, Counter> refused = new EnumMap<>(ProblemType.class);

    /**
     * @param mostRowsQueued of all instances together
     * @param mostUploads of all instances together
     */
    public IngestionMeters(MeterRegistry registry, long mostRowsQueued, long mostUploads) {
        submissions = registry.counter("sluice.ingestion.submissions");
        deliveries = registry.counter("sluice.ingestion.deliveries");
        campaignRows = registry.counter("sluice.ingestion.campaign.rows");
        commit = registry.timer("sluice.ingestion.commit");
        groupSize = registry.summary("sluice.ingestion.commit.submissions");
        Meters.bounded(
                registry,
                "sluice.ingestion.rows.queued",
                "Deliveries that wait for a commit; each instance of the send API takes up to ingestion.rowsQueued.",
                Tags.empty(),
                rowsQueued::get,
                mostRowsQueued);
        Meters.bounded(
                registry,
                "sluice.ingestion.uploads",
                "People files that are read; each instance of the send API reads up to ingestion.uploads.",
                Tags.empty(),
                uploads::get,
                mostUploads);
        for (ProblemType type : ProblemType.values()) {
            String reason = type.name().toLowerCase(Locale.ROOT).replace('_', '-');
            refused.put(type, registry.counter("sluice.ingestion.refused", "reason", reason));
        }
    }

    /** So many submissions were tried together. */
    void committed(int groupSubmissions, long tookNanos) {
        groupSize.record(groupSubmissions);
        commit.record(tookNanos, TimeUnit.NANOSECONDS);
    }

    /** So many new ones became durable, with so many deliveries. */
    void accepted(int newSubmissions, int newDeliveries) {
        submissions.increment(newSubmissions);
        deliveries.increment(newDeliveries);
    }

    /** The queue grew, or shrank by a negative number. */
    void queued(int rows) {
        rowsQueued.addAndGet(rows);
    }

    /** So many more people files are read, or fewer by a negative number. */
    void uploading(int more) {
        uploads.addAndGet(more);
    }

    /** Rows of a people file became durable. */
    void campaignRows(int rows) {
        campaignRows.increment(rows);
    }

    /** A request was sent away. */
    public void refused(ProblemType type) {
        refused(type, 1);
    }

    /** So many requests were sent away. */
    void refused(ProblemType type, int requests) {
        refused.get(type).increment(requests);
    }
}
