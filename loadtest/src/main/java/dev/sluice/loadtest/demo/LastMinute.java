package dev.sluice.loadtest.demo;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/** How much a growing count grew in the last minute, as far as it was watched. One thread; holds a sample for each look of that minute. */
final class LastMinute {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private record Sample(Instant at, long count) {}

    private final Deque<Sample> samples = new ArrayDeque<>();

    /** Notes the count; gives its growth since the oldest look of the last minute. It counts from 0. */
    long of(long count, Instant now) {
        if (samples.isEmpty()) {
            samples.add(new Sample(now, 0));
        }
        samples.add(new Sample(now, count));
        while (samples.size() > 1 && samples.peekFirst().at().isBefore(now.minus(MINUTE))) {
            samples.removeFirst();
        }
        return count - samples.peekFirst().count();
    }
}
