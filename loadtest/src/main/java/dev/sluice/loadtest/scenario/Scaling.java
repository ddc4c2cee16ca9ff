package dev.sluice.loadtest.scenario;

/** Another size of a count. */
final class Scaling {
    private Scaling() {}

    /** At least one of what there was. */
    static int count(int count, double scale) {
        return count == 0 ? 0 : Math.clamp(Math.round(count * scale), 1, Integer.MAX_VALUE);
    }
}
