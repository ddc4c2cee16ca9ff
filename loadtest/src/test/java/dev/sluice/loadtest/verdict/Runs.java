package dev.sluice.loadtest.verdict;

import dev.sluice.engine.model.DeliveryState;
import dev.sluice.loadtest.verdict.DuringRun.Filled;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A run in which every promise was kept, for planting violations. */
public final class Runs {
    private Runs() {}

    /** So many calls in flight of so many, a few uploads, and a heap that is half full. */
    static DuringRun during(long calls, long bound) {
        return during(0, calls, bound);
    }

    /** So many of forty submissions differed from their rows. */
    static DuringRun differing(long differing) {
        return during(differing, 512, 512);
    }

    private static DuringRun during(long differing, long calls, long bound) {
        return new DuringRun(
                40,
                differing,
                List.of(
                        new Filled("ingestion_uploads", 3, 16),
                        new Filled("calls_in_flight", calls, bound),
                        new Filled("gates_rebuilding", 0, 36_864),
                        new Filled("ingestion_rows_queued", 100, 100_000)),
                new Filled("heap", 256, 512));
    }

    /** The run. */
    public static Snapshot good() {
        return new Snapshot(
                List.of(organisation(submission(), calls(), 20, 4_990, 4_960)),
                new Snapshot.AddressCalls(10_000, 10_000, 20_000),
                new Snapshot.Drops(2, 1, 0, 0, 0, 0, new Snapshot.Receipts(8, 0)),
                0,
                0,
                new Snapshot.Latencies(3, 0, 10, 20, 30),
                List.of(),
                Optional.of(load()),
                new Snapshot.Refusals(true, Map.of()));
    }

    /** What its client saw. */
    static LoadReading load() {
        return new SeenLoad().reading();
    }

    /** The good run as its client saw something else. */
    static Snapshot with(SeenLoad load) {
        return with(good(), load);
    }

    /** That run as its client saw something else. */
    static Snapshot with(Snapshot run, SeenLoad load) {
        return judged(run, Optional.of(load.reading()));
    }

    /** The good run of something that is no load. */
    static Snapshot withoutLoad() {
        return judged(good(), Optional.empty());
    }

    private static Snapshot judged(Snapshot run, Optional<LoadReading> load) {
        return new Snapshot(
                run.organisations(),
                run.address(),
                run.drops(),
                0,
                0,
                run.singles(),
                List.of(),
                load,
                Snapshot.Refusals.NOT_JUDGED);
    }

    static SubmissionReading submission() {
        return new SubmissionReading("cmp_1", 10, states(7), states(7), false, true);
    }

    /** Ten people: so many delivered, one sent, two suppressed. */
    static Map<DeliveryState, Long> states(long delivered) {
        return Map.of(
                DeliveryState.DELIVERED,
                delivered,
                DeliveryState.SENT,
                1L,
                DeliveryState.SUPPRESSED,
                2L,
                DeliveryState.WAITING,
                0L);
    }

    static OrganisationReading.Calls calls() {
        return new OrganisationReading.Calls(100, 100, 200, 200, 0);
    }

    static OrganisationReading organisation(
            SubmissionReading submission,
            OrganisationReading.Calls calls,
            long worstSecond,
            long worst,
            long inMinute) {
        return organisation(submission, calls, worstSecond, worst, inMinute, month(4_000));
    }

    /** So many of 5,000 webhook units are taken, and all calls but one. */
    static OrganisationReading.Month month(long taken) {
        return new OrganisationReading.Month(
                List.of(
                        new OrganisationReading.MonthUnits(9_999, 10_000),
                        new OrganisationReading.MonthUnits(taken, 5_000)),
                0,
                List.of(new OrganisationReading.MonthUnits(9_900, 9_900)));
    }

    /** So much was taken when bulk took its last, and it may take 9,900. */
    static OrganisationReading.Month bulk(long taken) {
        OrganisationReading.Month month = month(4_000);
        return new OrganisationReading.Month(
                month.units(), 0, List.of(new OrganisationReading.MonthUnits(taken, 9_900)));
    }

    /** The good run with another month. */
    static Snapshot with(OrganisationReading.Month month) {
        return with(organisation(submission(), calls(), 20, 4_990, 4_960, month));
    }

    private static OrganisationReading organisation(
            SubmissionReading submission,
            OrganisationReading.Calls calls,
            long worstSecond,
            long worst,
            long inMinute,
            OrganisationReading.Month month) {
        return new OrganisationReading(
                "standard",
                List.of(submission),
                8,
                calls,
                List.of(new OrganisationReading.WorstSecond("asyncsend_v2", worstSecond, 20)),
                new OrganisationReading.PeopleMinute(worst, 5_000, 1, inMinute),
                month);
    }

    /** The good run with other organisations. */
    static Snapshot with(OrganisationReading... organisations) {
        Snapshot good = good();
        return new Snapshot(
                List.of(organisations),
                good.address(),
                good.drops(),
                0,
                0,
                good.singles(),
                List.of(),
                good.load(),
                Snapshot.Refusals.NOT_JUDGED);
    }

    /** The good run with other calls of its address. */
    static Snapshot with(Snapshot.AddressCalls address) {
        Snapshot good = good();
        return new Snapshot(
                good.organisations(),
                address,
                good.drops(),
                0,
                0,
                good.singles(),
                List.of(),
                good.load(),
                Snapshot.Refusals.NOT_JUDGED);
    }

    /** The good run with other single sends. */
    static Snapshot with(Snapshot.Latencies singles, SeenLoad load) {
        Snapshot good = good();
        return new Snapshot(
                good.organisations(),
                good.address(),
                good.drops(),
                0,
                0,
                singles,
                List.of(),
                Optional.of(load.reading()),
                Snapshot.Refusals.NOT_JUDGED);
    }

    /** The good run with calls that were refused. */
    static Snapshot with(Snapshot.Refusals refusals) {
        Snapshot good = good();
        return new Snapshot(
                good.organisations(),
                good.address(),
                good.drops(),
                0,
                0,
                good.singles(),
                List.of(),
                good.load(),
                refusals);
    }

    /** The good run with more of what must not be. */
    public static Snapshot with(
            Snapshot.Drops drops, long shownTwice, long throttled, long unseen, List<String> bookFaults) {
        return new Snapshot(
                good().organisations(),
                good().address(),
                drops,
                shownTwice,
                throttled,
                new Snapshot.Latencies(3, unseen, 10, 20, 30),
                bookFaults,
                good().load(),
                Snapshot.Refusals.NOT_JUDGED);
    }
}
