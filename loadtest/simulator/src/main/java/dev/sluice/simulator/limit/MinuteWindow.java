package dev.sluice.simulator.limit;

/** Recipients in the current minute, read as a sliding or as a calendar minute (the platform does not publish which). */
public final class MinuteWindow {
    private static final long MINUTE_MILLIS = 60_000;

    private final SlidingWindow sliding = new SlidingWindow(MINUTE_MILLIS);
    private long calendarMinute;
    private long calendarUsed;

    /** The shape of the minute. */
    public enum Shape {
        SLIDING,
        CALENDAR
    }

    /** How many more fit now; never negative. */
    public long room(Shape shape, long wallMillis, long limit) {
        long used = switch (shape) {
            case SLIDING -> sliding.used(wallMillis);
            case CALENDAR -> calendarMinute == wallMillis / MINUTE_MILLIS ? calendarUsed : 0;
        };
        return Math.max(0, limit - used);
    }

    public void add(long wallMillis, int recipients) {
        sliding.add(wallMillis, recipients);
        long minute = wallMillis / MINUTE_MILLIS;
        if (minute != calendarMinute) {
            calendarMinute = minute;
            calendarUsed = 0;
        }
        calendarUsed += recipients;
    }
}
