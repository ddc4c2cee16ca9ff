package dev.sluice.engine.sending;

/**
 * Stops calling what does not answer. Closed; after {@code threshold} failures in a row open for a growing while; then one probe decides. Pure state, confined
 * to one event loop; times are monotonic nanoseconds.
 *
 * <p>A circuit may stand in front of another, as a channel's stands in front of its host's: a call needs both closed, and both hear how it ended.
 */
public final class Circuit {
    private static final long FIRST_OPEN_NANOS = 1_000_000_000L;
    private static final long LONGEST_OPEN_NANOS = 60_000_000_000L;

    private final int threshold;
    private final Circuit behind;
    private int failuresInRow;
    private long openForNanos;
    private long openUntilNanos;
    private boolean open;
    private boolean probing;

    /**
     * @param threshold failures in a row that open it; half trips on ordinary noise, double costs that many more doubtful calls
     */
    public Circuit(int threshold) {
        this(threshold, null);
    }

    /**
     * One in front of another.
     *
     * @param behind shared by several; null for none
     */
    public Circuit(int threshold, Circuit behind) {
        this.threshold = threshold;
        this.behind = behind;
    }

    /** Whether calls are held back, but for a probe. */
    public boolean open() {
        return open;
    }

    /** Nanoseconds until a call may go; 0 for now. While a probe is under way, the time of a probe's usual answer. */
    public long waitNanos(long nowNanos) {
        long ownNanos = !open ? 0 : probing ? FIRST_OPEN_NANOS : Math.max(0, openUntilNanos - nowNanos);
        return behind == null ? ownNanos : Math.max(ownNanos, behind.waitNanos(nowNanos));
    }

    /** A call goes now. */
    public void started() {
        if (behind != null) {
            behind.started();
        }
        probing = open;
    }

    /** It was answered, by whatever. */
    public void succeeded() {
        if (behind != null) {
            behind.succeeded();
        }
        failuresInRow = 0;
        open = false;
        probing = false;
        openForNanos = 0;
    }

    /** It was not, or by a fault. */
    public void failed(long nowNanos) {
        if (behind != null) {
            behind.failed(nowNanos);
        }
        count(nowNanos);
    }

    /** It was answered by a fault that may be its own: what stands behind lives, and hears so. */
    public void refused(long nowNanos) {
        if (behind != null) {
            behind.succeeded();
        }
        count(nowNanos);
    }

    private void count(long nowNanos) {
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
        if (behind != null) {
            behind.abandoned();
        }
        probing = false;
    }

    /** Failures since the last success. */
    public int failuresInRow() {
        return failuresInRow;
    }
}
