package dev.sluice.engine.scheduling;

/** How often in a row the platform refused a fresh access token of a lane. Confined to the lane's event loop. */
final class TokenRejections {
    private int inRow;
    private long lastAtNanos = Long.MIN_VALUE;

    /**
     * One was refused.
     *
     * @param grantedAtNanos when its call was permitted
     * @return false when the call left before the last refusal was known, so that it says nothing new
     */
    boolean add(long grantedAtNanos, long nowNanos) {
        if (lastAtNanos != Long.MIN_VALUE && grantedAtNanos - lastAtNanos < 0) {
            return false;
        }
        lastAtNanos = nowNanos;
        inRow++;
        return true;
    }

    /** A token passed, or the people's side changed. */
    void forget() {
        inRow = 0;
    }

    int inRow() {
        return inRow;
    }
}
