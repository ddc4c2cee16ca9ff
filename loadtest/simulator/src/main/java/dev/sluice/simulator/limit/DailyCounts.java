package dev.sluice.simulator.limit;

import java.util.Arrays;

/** Messages per person on one day, two bytes a person; starts again when the day changes. Not thread-safe. */
public final class DailyCounts {
    private short[] counts = new short[1024];
    private long day;

    public int get(long onDay, int person) {
        roll(onDay);
        return person < counts.length ? counts[person] & 0xFFFF : 0;
    }

    /** Counts one more; stays at 65,535, far above any limit. */
    public void increment(long onDay, int person) {
        roll(onDay);
        if (person >= counts.length) {
            counts = Arrays.copyOf(counts, Math.max(person + 1, counts.length * 2));
        }
        if (counts[person] != -1) {
            counts[person]++;
        }
    }

    private void roll(long onDay) {
        if (onDay != day) {
            day = onDay;
            Arrays.fill(counts, (short) 0);
        }
    }
}
