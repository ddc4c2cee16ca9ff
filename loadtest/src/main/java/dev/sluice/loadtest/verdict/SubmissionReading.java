package dev.sluice.loadtest.verdict;

import dev.sluice.engine.model.DeliveryState;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * One submission, counted three times.
 *
 * @param id as its tenant knows it
 * @param accepted people that the answer to the request or the upload promised
 * @param api deliveries by state as the API says; in flight counts as waiting
 * @param rows deliveries by state as the rows say
 * @param mayWait whether some may still wait at the end of the run
 * @param asAsked whether its rows are what was asked for: people, content, channel, class and deadline
 */
public record SubmissionReading(
        String id,
        long accepted,
        Map<DeliveryState, Long> api,
        Map<DeliveryState, Long> rows,
        boolean mayWait,
        boolean asAsked) {
    public SubmissionReading {
        api = Map.copyOf(api);
        rows = Map.copyOf(rows);
    }

    /** One of which only the API is seen: what it says stands for the rows. */
    public static SubmissionReading ofClient(String id, long accepted, Map<DeliveryState, Long> api, boolean mayWait) {
        return new SubmissionReading(id, accepted, api, api, mayWait, true);
    }

    /** Whether all three agree, to the person and by state. */
    boolean agrees() {
        return sum(api) == accepted && sum(rows) == accepted && nonZero(api).equals(nonZero(rows));
    }

    /** Deliveries in a state, by the rows. */
    long in(DeliveryState state) {
        return rows.getOrDefault(state, 0L);
    }

    /** Deliveries that should have been settled. */
    public long late() {
        return mayWait ? 0 : in(DeliveryState.WAITING) + in(DeliveryState.IN_DOUBT);
    }

    /** Deliveries that wait as they may. */
    long held() {
        return mayWait ? in(DeliveryState.WAITING) + in(DeliveryState.IN_DOUBT) : 0;
    }

    private static long sum(Map<DeliveryState, Long> states) {
        return states.values().stream().mapToLong(Long::longValue).sum();
    }

    private static Map<DeliveryState, Long> nonZero(Map<DeliveryState, Long> states) {
        return states.entrySet().stream()
                .filter(state -> state.getValue() != 0)
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }
}
