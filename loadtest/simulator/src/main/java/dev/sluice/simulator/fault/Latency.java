package dev.sluice.simulator.fault;

import java.util.SplittableRandom;

/** A distribution of delays in milliseconds. */
public sealed interface Latency {
    /** The next delay, never negative. */
    long nextMillis(SplittableRandom random);

    /** Always the same. */
    record Fixed(long millis) implements Latency {
        @Override
        public long nextMillis(SplittableRandom random) {
            return millis;
        }
    }

    /** Evenly from {@code fromMillis} to {@code toMillis}, both included. */
    record Uniform(long fromMillis, long toMillis) implements Latency {
        public Uniform {
            if (fromMillis < 0 || toMillis < fromMillis) {
                throw new IllegalArgumentException("uniform latency needs 0 <= fromMillis <= toMillis");
            }
        }

        @Override
        public long nextMillis(SplittableRandom random) {
            return random.nextLong(fromMillis, toMillis + 1);
        }
    }

    /** Most near the median, some far above; capped. */
    record Lognormal(double medianMillis, double sigma, long capMillis) implements Latency {
        @Override
        public long nextMillis(SplittableRandom random) {
            return Math.min(capMillis, Math.round(medianMillis * Math.exp(sigma * random.nextGaussian())));
        }
    }
}
