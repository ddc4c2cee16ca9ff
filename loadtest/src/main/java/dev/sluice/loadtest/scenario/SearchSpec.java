package dev.sluice.loadtest.scenario;

/**
 * Look for the highest steady rate. Campaigns and faults have no part in it; the rates of the other loads keep their proportions.
 *
 * @param fromPerSecond the lowest rate to try, over all loads
 * @param toPerSecond the highest
 * @param stepSeconds how long each rate is held
 * @param p99Millis a rate counts when its p99 from intended start to 202 is not above this and nothing is refused
 */
public record SearchSpec(double fromPerSecond, double toPerSecond, double stepSeconds, double p99Millis) {
    SearchSpec scaled(double scale) {
        return new SearchSpec(fromPerSecond * scale, toPerSecond * scale, stepSeconds, p99Millis);
    }
}
