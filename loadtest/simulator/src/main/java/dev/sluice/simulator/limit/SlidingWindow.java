package dev.sluice.simulator.limit;

/**
 * An exact sliding log: what was added during the last {@code width} units of time. Not thread-safe.
 *
 * <p>The window is half open: an event leaves it exactly {@code width} after it came, so two events that lie
 * {@code width} apart are never counted together. Memory grows with the events inside one window.
 */
public final class SlidingWindow {
    private final long width;
    private long[] times = new long[32];
    private int[] weights = new int[32];
    private int head;
    private int size;
    private long total;

    public SlidingWindow(long width) {
        this.width = width;
    }

    /** Sum of the weights inside the window that ends now. */
    public long used(long now) {
        while (size > 0 && now - times[head] >= width) {
            total -= weights[head];
            head = (head + 1) & (times.length - 1);
            size--;
        }
        return total;
    }

    /** Adds an event; {@code now} must not run backwards. */
    public void add(long now, int weight) {
        used(now);
        if (size == times.length) {
            grow();
        }
        int tail = (head + size) & (times.length - 1);
        times[tail] = now;
        weights[tail] = weight;
        size++;
        total += weight;
    }

    /** Adds one event if fewer than {@code limit} are inside. */
    public boolean tryAdd(long now, long limit) {
        if (used(now) >= limit) {
            return false;
        }
        add(now, 1);
        return true;
    }

    public void clear() {
        head = 0;
        size = 0;
        total = 0;
    }

    private void grow() {
        long[] newTimes = new long[times.length * 2];
        int[] newWeights = new int[times.length * 2];
        for (int i = 0; i < size; i++) {
            int from = (head + i) & (times.length - 1);
            newTimes[i] = times[from];
            newWeights[i] = weights[from];
        }
        times = newTimes;
        weights = newWeights;
        head = 0;
    }
}
