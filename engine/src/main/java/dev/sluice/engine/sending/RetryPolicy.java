package dev.sluice.engine.sending;

import java.util.random.RandomGenerator;

/**
 * How often and how late a delivery is tried again after a temporary fault: exponential with full jitter, bounded.
 *
 * @param maxAttempts calls that a delivery may take part in before it fails
 * @param baseMillis upper bound of the first delay
 * @param capMillis upper bound of any delay
 */
public record RetryPolicy(int maxAttempts, long baseMillis, long capMillis) {
    public RetryPolicy {
        if (maxAttempts < 1 || baseMillis < 1 || capMillis < baseMillis) {
            throw new IllegalArgumentException("retry policy " + maxAttempts + "/" + baseMillis + "/" + capMillis);
        }
    }

    /** How long to wait after {@code attempts} failed ones (at least 1). */
    public long delayMillis(int attempts, RandomGenerator random) {
        long bound = Math.min(capMillis, baseMillis << Math.min(attempts - 1, 20));
        return 1 + random.nextLong(bound);
    }
}
