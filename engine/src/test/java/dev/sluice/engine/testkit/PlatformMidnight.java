package dev.sluice.engine.testkit;

import dev.sluice.engine.time.EngineClock;
import java.time.Duration;
import java.time.LocalTime;
import org.junit.jupiter.api.Assumptions;

/** Around the platform's midnight calls are held and doubts are left to people, on purpose: what needs them is not judged then. */
public final class PlatformMidnight {
    private static final Duration BEFORE = Duration.ofMinutes(20);
    private static final Duration AFTER = Duration.ofMinutes(1);

    private PlatformMidnight() {}

    /** Skips the test when midnight in Shanghai is near. */
    public static void avoid() {
        Duration sinceMidnight = Duration.between(LocalTime.MIDNIGHT, LocalTime.now(EngineClock.PLATFORM_ZONE));
        Assumptions.assumeTrue(
                sinceMidnight.compareTo(AFTER) > 0
                        && Duration.ofDays(1).minus(sinceMidnight).compareTo(BEFORE) > 0,
                "the platform's midnight is near");
    }
}
