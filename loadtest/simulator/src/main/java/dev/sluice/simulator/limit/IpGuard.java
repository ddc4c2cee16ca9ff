package dev.sluice.simulator.limit;

import java.util.HashMap;
import java.util.Map;

/** Calls per source address over all APIs, and the ban that follows (call-frequency-limit, 2026-01-22). Not thread-safe. */
public final class IpGuard {
    /** Bound on remembered addresses; the oldest knowledge is dropped as a whole when it is reached. */
    private static final int ADDRESSES_KEPT = 100_000;

    private final Map<String, Source> sources = new HashMap<>();

    private static final class Source {
        private final SlidingWindow window;
        private final long windowMillis;
        private boolean banned;
        private long bannedUntilMillis;

        Source(long windowMillis) {
            this.windowMillis = windowMillis;
            this.window = new SlidingWindow(windowMillis);
        }
    }

    /** Counts a call and says whether its address may pass. */
    public boolean admit(String address, long nowMillis, long calls, long windowMillis, long banMillis) {
        Source source = sources.get(address);
        if (source == null || source.windowMillis != windowMillis) {
            source = remember(address, windowMillis);
        }
        if (source.banned && nowMillis < source.bannedUntilMillis) {
            return false;
        }
        source.banned = !source.window.tryAdd(nowMillis, calls);
        if (source.banned) {
            source.bannedUntilMillis = nowMillis + banMillis;
            source.window.clear();
        }
        return !source.banned;
    }

    public void clear() {
        sources.clear();
    }

    private Source remember(String address, long windowMillis) {
        if (sources.size() >= ADDRESSES_KEPT) {
            sources.clear();
        }
        Source source = new Source(windowMillis);
        sources.put(address, source);
        return source;
    }
}
