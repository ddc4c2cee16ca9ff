package dev.sluice.loadtest.plan;

/** The most of something in any stretch of so long, wherever it begins, to the two hundredth part of it. What is added comes in order of time. */
final class Peak {
    private static final int PARTS = 200;

    private final long partMicros;
    /** The last so many parts, each in its place of a ring. */
    private final long[] amounts = new long[PARTS];

    private long part;
    private long now;
    private long most;

    /** @param widthMicros at least one microsecond a part */
    Peak(long widthMicros) {
        this.partMicros = widthMicros / PARTS;
    }

    void add(long atMicros, long amount) {
        goTo(atMicros / partMicros);
        amounts[place(part)] += amount;
        now += amount;
        most = Math.max(most, now);
    }

    /** Forgets what lies a whole stretch back. */
    private void goTo(long next) {
        for (long passed = Math.max(part + 1, next - PARTS + 1); passed <= next; passed++) {
            now -= amounts[place(passed)];
            amounts[place(passed)] = 0;
        }
        part = next;
    }

    private static int place(long part) {
        return (int) (part % PARTS);
    }

    long most() {
        return most;
    }
}
