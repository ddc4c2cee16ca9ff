package dev.sluice.loadtest.verdict;

import dev.sluice.engine.model.DeliveryState;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;

/**
 * One organisation after a run, as our books and the platform's tell it.
 *
 * @param name for people
 * @param submissions everything that was accepted for it
 * @param reached recipients to whom the platform showed a message, and whom it dropped in calls that it may not have been asked about
 * @param calls spending
 * @param seconds the worst second of each app and API
 * @param minute the worst minute and the use of full ones
 * @param month what was spent of it
 */
public record OrganisationReading(
        String name,
        List<SubmissionReading> submissions,
        long reached,
        Calls calls,
        List<WorstSecond> seconds,
        PeopleMinute minute,
        Month month) {
    public OrganisationReading {
        submissions = List.copyOf(submissions);
        seconds = List.copyOf(seconds);
    }

    /** Deliveries of some organisations together, by state as the API says. */
    public static Map<DeliveryState, Long> states(List<OrganisationReading> organisations) {
        Map<DeliveryState, Long> states = new EnumMap<>(DeliveryState.class);
        organisations.stream()
                .flatMap(organisation -> organisation.submissions().stream())
                .forEach(submission ->
                        submission.api().forEach((state, people) -> states.merge(state, people, Long::sum)));
        return states;
    }

    /** Deliveries in a state. */
    long in(DeliveryState state) {
        return submissions.stream()
                .mapToLong(submission -> submission.in(state))
                .sum();
    }

    /** Deliveries that should have been settled, or that wait as they may. */
    long waiting(ToLongFunction<SubmissionReading> which) {
        return submissions.stream().mapToLong(which).sum();
    }

    long accepted() {
        return submissions.stream().mapToLong(SubmissionReading::accepted).sum();
    }

    /**
     * Calls of an organisation.
     *
     * @param sent calls that carried messages, and those that asked what became of them beyond once for each
     * @param least the least that could have carried the same people and contents
     * @param apart requests with contents of others that came at other times, each of which may need a call of its own
     * @param booked metered calls in our ledger
     * @param metered the same as the platform counted
     * @param reserved still held for calls without an answer
     * @param unsure of those booked, the ones that were refused or got no answer: the platform may not have counted them
     */
    public record Calls(long sent, long least, long apart, long booked, long metered, long reserved, long unsure) {
        /** Calls of requests that all came together and were all answered. */
        public Calls(long sent, long least, long booked, long metered, long reserved) {
            this(sent, least, 0, booked, metered, reserved, 0);
        }

        /** Whether the books are right although some calls got no answer: nothing is missing, and no more is too much than nobody can know of. */
        boolean bookedWithin() {
            return metered <= booked && booked <= metered + unsure;
        }
    }

    /**
     * Most calls of an app to an API in any window of one second, on the platform's clock.
     *
     * @param api its last part
     * @param calls how many
     * @param limit QPS
     */
    public record WorstSecond(String api, long calls, long limit) {}

    /**
     * People of work notices by the minute, on the platform's clock.
     *
     * @param worst most people in any 60 seconds
     * @param limit people a minute
     * @param fullMinutes whole minutes from the first call on, at whose end people still waited; none where calls a second let no more people through
     * @param peopleInThem people addressed in these
     */
    public record PeopleMinute(long worst, long limit, long fullMinutes, long peopleInThem) {}

    /**
     * The running month.
     *
     * @param units of each pool that has a limit
     * @param refused calls that the platform refused since the month is spent
     * @param bulk of each of them that bulk took from, what was taken in all when bulk took its last; granted to bulk is all but the reserve
     */
    public record Month(List<MonthUnits> units, long refused, List<MonthUnits> bulk) {
        public Month {
            units = List.copyOf(units);
            bulk = List.copyOf(bulk);
        }

        /** One without limits, or of which nothing is seen. */
        public static Month unlimited() {
            return new Month(List.of(), 0, List.of());
        }

        /** Whether nothing can be said of it. */
        boolean silent() {
            return units.isEmpty() && refused == 0;
        }

        boolean kept() {
            return refused == 0 && units.stream().allMatch(MonthUnits::kept);
        }

        boolean reserveKept() {
            return bulk.stream().allMatch(MonthUnits::kept);
        }
    }

    /**
     * Units of a pool.
     *
     * @param taken spent or reserved by us, or spent by others in the organisation
     * @param granted for the month, to all or to bulk
     */
    public record MonthUnits(long taken, long granted) {
        private boolean kept() {
            return taken <= granted;
        }
    }
}
