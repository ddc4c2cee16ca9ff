package dev.sluice.loadtest.report.data;

import java.util.Map;

/**
 * What a stage of our own shows beside what its clients see: platform, limits, machine, database. Counts are running totals since the start.
 *
 * @param shown people to whom the platform showed a message
 * @param calls metered or not, that reached the platform
 * @param waitingByGate people who wait, by the limit that holds their lane now; {@code none} where no limit does, {@code not asked} where
 *     a lane has not been asked yet
 * @param quotaUse share, 0 to 1, of the fullest gate now: people a minute of an organisation, or calls a second of an app
 * @param fillRatio people in calls that carried messages, of those who would have fitted, 0 to 1, since the start; not a number before the
 *     first of them
 * @param cpuShare share, 0 to 1, of all cores that was busy since the sample before; not a number where the system does not say
 * @param heapBytes of the engine's nodes together
 * @param postgresBytes size of the database
 */
public record StageSample(
        long shown,
        long calls,
        Map<String, Long> waitingByGate,
        double quotaUse,
        double fillRatio,
        double cpuShare,
        long heapBytes,
        long postgresBytes) {
    public StageSample {
        waitingByGate = Map.copyOf(waitingByGate);
    }
}
