package dev.sluice.simulator.notice;

import dev.sluice.simulator.clock.PlatformClock;
import dev.sluice.simulator.limit.DailyCounts;
import dev.sluice.simulator.limit.LongCounts;
import dev.sluice.simulator.limit.MinuteWindow;

/** What one app has done today and in this minute. Not thread-safe. */
final class NoticeCounters {
    private final DailyCounts messages = new DailyCounts();
    private final LongCounts contents = new LongCounts();
    private final MinuteWindow minute = new MinuteWindow();
    private long day;
    private int toAll;

    /** Moves on to the day of a call. */
    void roll(long wallMillis) {
        long today = PlatformClock.chinaDay(wallMillis);
        if (today != day) {
            day = today;
            toAll = 0;
            contents.clear();
        }
    }

    MinuteWindow minute() {
        return minute;
    }

    /** Counts a to_all_user and says whether it is within the daily number. */
    boolean admitToAll(int limit) {
        return ++toAll <= limit;
    }

    int messagesToday(int person) {
        return messages.get(day, person);
    }

    int sameContentToday(int person, long content) {
        return contents.get(LongCounts.key(content, person));
    }

    void shown(int person, long content) {
        messages.increment(day, person);
        contents.increment(LongCounts.key(content, person));
    }
}
