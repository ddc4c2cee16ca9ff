package dev.sluice.loadtest.evidence;

import dev.sluice.engine.model.PriorityClass;
import dev.sluice.loadtest.evidence.PlatformTally.SendCall;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** How many calls with bulk an app made while something more urgent waited for one, on the platform's clock. Of one organisation. */
public final class Overtakings {
    /** Arrivals in order, by app. */
    private final Map<String, long[]> bulk;

    private final PlatformTally tally;

    /**
     * @param submissions all of its tenant
     * @param tally what the platform saw there
     */
    public Overtakings(List<Books.Submission> submissions, PlatformTally tally) {
        this.tally = tally;
        Map<Long, PriorityClass> classes = new HashMap<>();
        submissions.forEach(one -> classes.merge(
                one.contentHash(), one.priority(), (some, other) -> some.compareTo(other) < 0 ? some : other));
        this.bulk = tally.sends().stream()
                .filter(call -> classes.get(call.hash()) == PriorityClass.BULK)
                .collect(Collectors.groupingBy(
                        SendCall::appKey,
                        Collectors.collectingAndThen(
                                Collectors.toList(),
                                calls -> calls.stream()
                                        .mapToLong(SendCall::arrivalNanos)
                                        .sorted()
                                        .toArray())));
    }

    /**
     * Of something urgent that the platform has.
     *
     * @param hash of a content that nothing else has
     * @param sinceNanos from when on nothing but limits may have held it
     */
    public long before(long hash, long sinceNanos) {
        SendCall own = tally.firstCall(hash);
        long[] arrivals = own == null ? null : bulk.get(own.appKey());
        return arrivals == null ? 0 : Math.max(0, until(arrivals, own.arrivalNanos()) - until(arrivals, sinceNanos));
    }

    /** Those before a moment. */
    private static long until(long[] arrivals, long nanos) {
        int at = Arrays.binarySearch(arrivals, nanos);
        return at < 0 ? -at - 1 : at;
    }
}
