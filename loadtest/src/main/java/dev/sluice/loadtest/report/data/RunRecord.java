package dev.sluice.loadtest.report.data;

import dev.sluice.engine.model.DeliveryState;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A whole run. Seconds count from the start of the load.
 *
 * @param head what was run
 * @param samples one a second, in order
 * @param latency series by name, each in order of time
 * @param promises the verdict, in its order
 * @param states people who were accepted, by state at the end as the send API says; of an engine that went away, as it said last
 * @param events what was done to the stage, or what an engine elsewhere did, in order of time
 * @param engineAway set when an engine elsewhere did not say what became of everybody
 */
public record RunRecord(
        RunHead head,
        List<Sample> samples,
        List<LatencySeries> latency,
        List<PromiseRow> promises,
        Map<DeliveryState, Long> states,
        List<Event> events,
        Optional<EngineAway> engineAway) {
    public RunRecord {
        samples = List.copyOf(samples);
        latency = List.copyOf(latency);
        promises = List.copyOf(promises);
        states = Map.copyOf(states);
        events = List.copyOf(events);
    }

    /** A run that was seen to its end. */
    public RunRecord(
            RunHead head,
            List<Sample> samples,
            List<LatencySeries> latency,
            List<PromiseRow> promises,
            Map<DeliveryState, Long> states,
            List<Event> events) {
        this(head, samples, latency, promises, states, events, Optional.empty());
    }

    /** Whether the engine ran elsewhere, so that only its client's side was seen. */
    public boolean elsewhere() {
        return !samples.isEmpty()
                && samples.stream().allMatch(sample -> sample.stage().isEmpty());
    }
}
