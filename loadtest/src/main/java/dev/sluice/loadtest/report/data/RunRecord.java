package dev.sluice.loadtest.report.data;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A whole run. Seconds count from the start of the load.
 *
 * @param scenario its name
 * @param descriptionEn what it is about, in English
 * @param descriptionZh the same in Chinese
 * @param startedAt when the load began
 * @param seconds how long the run took, the time until everybody was settled included
 * @param machine cores, processor, system
 * @param commit of the build
 * @param command that repeats it
 * @param samples one a second, in order
 * @param latency series by name, each in order of time
 * @param promises the verdict, in its order
 * @param events what was done to the stage, in order of time
 * @param facts whatever else is worth a line, name to value
 */
public record RunRecord(
        String scenario,
        String descriptionEn,
        String descriptionZh,
        Instant startedAt,
        double seconds,
        String machine,
        String commit,
        String command,
        List<Sample> samples,
        List<LatencySeries> latency,
        List<PromiseRow> promises,
        List<Event> events,
        Map<String, String> facts) {
    public RunRecord {
        samples = List.copyOf(samples);
        latency = List.copyOf(latency);
        promises = List.copyOf(promises);
        events = List.copyOf(events);
    }
}
