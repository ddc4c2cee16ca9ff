package dev.sluice.engine.sending;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RetryPolicyTest {
    @Test
    void delaysStayWithinTheirExponentialBoundAndReachBothHalvesOfIt() {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        SplittableRandom random = new SplittableRandom(seed);
        RetryPolicy policy = new RetryPolicy(10, 1_000, 60_000);
        for (int attempts = 1; attempts <= 40; attempts++) {
            long bound = attempts >= 7 ? 60_000 : 1_000L << (attempts - 1);
            long shortest = Long.MAX_VALUE;
            long longest = 0;
            for (int i = 0; i < 500; i++) {
                long delay = policy.delayMillis(attempts, random);
                shortest = Math.min(shortest, delay);
                longest = Math.max(longest, delay);
            }
            assertThat(shortest).isBetween(1L, bound / 2);
            assertThat(longest).isBetween(bound / 2, bound);
        }
    }

    @Test
    void aPolicyWithoutAnAttemptOrWithACapBelowItsBaseIsRefused() {
        assertThatThrownBy(() -> new RetryPolicy(0, 1, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new RetryPolicy(1, 0, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new RetryPolicy(1, 2, 1)).isInstanceOf(IllegalArgumentException.class);
    }
}
