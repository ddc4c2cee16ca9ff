package dev.sluice.loadtest.report.data;

/**
 * One rate, held for a while. Latencies count from the intended start to the 202 and are not a number where nothing was accepted.
 *
 * @param number of the rate, from 1 in the order of trying; 0: the warm-up
 * @param turn which time it was
 * @param perSecond requests
 * @param accepted requests
 * @param refused people whom the engine did not take
 * @param kept whether the p99 kept the bound and nobody was refused
 */
public record SearchStep(
        int number,
        Turn turn,
        double perSecond,
        long accepted,
        long refused,
        double p50Millis,
        double p99Millis,
        double maxMillis,
        boolean kept) {
    /** A machine stands still now and then: a rate is too high when it is so twice. */
    public enum Turn {
        WARM_UP,
        FIRST,
        SECOND
    }

    /** What a step is called in the keys of its requests. */
    public static String name(int number, Turn turn) {
        return switch (turn) {
            case WARM_UP -> "warm";
            case FIRST -> "try-" + number;
            case SECOND -> "try-" + number + "-again";
        };
    }
}
