package dev.sluice.loadtest.verdict;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.HdrHistogram.Histogram;

/**
 * What a finished run left behind, on our side and on the platform's.
 *
 * @param organisations one reading each
 * @param address calls of the busiest egress address
 * @param drops people who got nothing, most of them behind a success of the platform
 * @param shownTwice person and content pairs that were shown more often than they were sent
 * @param throttled answers of the platform that said "too fast"
 * @param singles latency of the single sends
 * @param bookFaults where a budget row is not the sum of its postings
 * @param load what the client of a load saw; empty when there was none
 * @param refusals calls that the platform refused
 */
public record Snapshot(
        List<OrganisationReading> organisations,
        AddressCalls address,
        Drops drops,
        long shownTwice,
        long throttled,
        Latencies singles,
        List<String> bookFaults,
        Optional<LoadReading> load,
        Refusals refusals) {
    public Snapshot {
        organisations = List.copyOf(organisations);
        bookFaults = List.copyOf(bookFaults);
    }

    /** Whether faults were made on purpose: fewer full batches and minutes are no broken promise then. */
    boolean disturbed() {
        return load.map(LoadReading::disturbed).orElse(false);
    }

    /**
     * Most calls from one address in any window of the platform's limit, of all tenants, tokens and receipts with them.
     *
     * @param most how many
     * @param limit 0: the platform has none
     * @param windowMillis of the limit
     */
    public record AddressCalls(long most, long limit, long windowMillis) {}

    /**
     * Calls that the platform refused for what they were.
     *
     * @param judged whether nothing was made to be refused
     * @param codes how many with which
     */
    public record Refusals(boolean judged, Map<String, Long> codes) {
        /** Something was made to be refused, or the platform is not seen. */
        public static final Refusals NOT_JUDGED = new Refusals(false, Map.of());

        public Refusals {
            codes = Map.copyOf(codes);
        }
    }

    /**
     * Who got nothing: silent drops, and those whom we did not send to.
     *
     * @param predicted people whom we held back since the platform would have dropped them
     * @param detected people whom it dropped, and whose delivery says so
     * @param missed people whom it dropped although their delivery says sent or delivered
     * @param caused people whom it dropped because we passed a limit (a minute, a day, equal content)
     * @param causeless people whom we held back, gave up or were too late for although nothing that the platform did, and no deadline, explains it
     * @param unasked of those whom it dropped for who they are, people whose delivery says sent since their tenant may not want the platform asked
     * @param receipts of those about whom it was to be asked
     */
    public record Drops(
            long predicted, long detected, long missed, long caused, long causeless, long unasked, Receipts receipts) {
        /** Where nobody was to be asked about. */
        public Drops(long predicted, long detected, long missed, long caused, long causeless, long unasked) {
            this(predicted, detected, missed, caused, causeless, unasked, Receipts.NONE);
        }
    }

    /**
     * People in calls after which the platform was to be asked what became of them.
     *
     * @param known of whom it said so
     * @param missing whose delivery says no more than sent
     */
    public record Receipts(long known, long missing) {
        /** Nobody was to be asked about. */
        public static final Receipts NONE = new Receipts(0, 0);
    }

    /**
     * From the moment at which a single send was to leave its sender until the platform had it.
     *
     * @param sent how many
     * @param unseen how many of them the platform never saw
     */
    public record Latencies(long sent, long unseen, double p50Millis, double p99Millis, double maxMillis) {
        private static final double NANOS_PER_MILLI = 1e6;

        /** From nanoseconds of those that were seen. */
        public static Latencies of(Histogram seen, long unseen) {
            return new Latencies(
                    seen.getTotalCount() + unseen,
                    unseen,
                    seen.getValueAtPercentile(50) / NANOS_PER_MILLI,
                    seen.getValueAtPercentile(99) / NANOS_PER_MILLI,
                    seen.getMaxValue() / NANOS_PER_MILLI);
        }
    }
}
