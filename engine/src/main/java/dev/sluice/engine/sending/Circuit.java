package dev.sluice.engine.sending;

/**
 * Stops calling what does not answer. Closed; after {@code threshold} failures in a row open for a growing while; then one probe decides. Pure state, confined
 * to one event loop; times are monotonic nanoseconds.
 */
public final class Circuit {
    private static final long FIRST_OPEN_NANOS = 1_000_000_000L;
    private static final long LONGEST_OPEN_NANOS = 60_000_000_000L;

    private final int threshold;
    private int failuresInRow;
    private long openForNanos;
    private long openUntilNanos;
    private boolean open;
    private boolean probing;

    /**
     * @param threshold failures in a row that open it; half trips on ordinary noise, double costs that many more doubtful calls
     */
    public Circuit(int threshold) {
        this.threshold = threshold;
    }

    /** Nanoseconds until a call may go; 0 for now. While a probe is under way, the time of a probe's usual answer. */
    public long waitNanos(long nowNanos) {
        if (!open) {
            return 0;
        }
        return probing ? FIRST_OPEN_NANOS : Math.max(0, openUntilNanos - nowNanos);
    }

    /** A call goes now. */
    public void started() {
        probing = open;
    }

    /** It was answered, by whatever. */
    public void succeeded() {
        failuresInRow = 0;
        open = false;
        probing = false;
        openForNanos = 0;
    }

    /** It was not, or by a fault. */
    public void failed(long nowNanos) {
        failuresInRow++;
        if (probing || failuresInRow == threshold) {
            openForNanos = openForNanos == 0 ? FIRST_OPEN_NANOS : Math.min(LONGEST_OPEN_NANOS, openForNanos * 2);
            openUntilNanos = nowNanos + openForNanos;
            open = true;
            probing = false;
        }
    }

    /** It ended in a way that says nothing about the other side. */
    public void abandoned() {
        probing = false;
    }

    /** Failures since the last success. */
    public int failuresInRow() {
        return failuresInRow;
    }
}
