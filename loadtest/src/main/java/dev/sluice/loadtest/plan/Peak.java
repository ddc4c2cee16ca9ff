package dev.sluice.loadtest.plan;

/** The most of something in any stretch of so long that begins at a multiple of it. */
final class Peak {
    private final long widthMicros;
    private long stretch = -1;
    private long now;
    private long most;

    Peak(long widthMicros) {
        this.widthMicros = widthMicros;
    }

    void add(long atMicros, long amount) {
        if (atMicros / widthMicros != stretch) {
            stretch = atMicros / widthMicros;
            now = 0;
        }
        now += amount;
        most = Math.max(most, now);
    }

    long most() {
        return most;
    }
}
