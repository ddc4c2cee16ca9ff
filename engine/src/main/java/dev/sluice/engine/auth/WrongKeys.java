package dev.sluice.engine.auth;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Counts wrong keys per client address, in windows of a minute. Pure; one thread. Remembers the {@value #MOST_ADDRESSES} addresses that erred last: at more,
 * the oldest is forgotten, so a flood from many addresses costs no memory and each of them still gets no more than its number of tries.
 */
final class WrongKeys {
    /** Tries of one address in a minute. A person mistypes a few times; at ten times this, guessing is still hopeless against 256 bits. */
    private static final int MOST_PER_MINUTE = 20;

    private static final int MOST_ADDRESSES = 10_000;
    private static final long WINDOW_NANOS = 60_000_000_000L;

    private final Map<String, Window> windows = new LinkedHashMap<>();

    /** Notes a wrong key. */
    void note(String address, long nowNanos) {
        Window window = windows.remove(address);
        if (window == null || nowNanos - window.startedNanos >= WINDOW_NANOS) {
            window = new Window(nowNanos, 0);
        }
        windows.put(address, new Window(window.startedNanos, window.wrong + 1));
        if (windows.size() > MOST_ADDRESSES) {
            windows.remove(windows.keySet().iterator().next());
        }
    }

    /** Seconds until this address may try an unknown key again; 0 when it may now. */
    int waitSeconds(String address, long nowNanos) {
        Window window = windows.get(address);
        if (window == null || window.wrong < MOST_PER_MINUTE) {
            return 0;
        }
        long leftNanos = window.startedNanos + WINDOW_NANOS - nowNanos;
        return leftNanos <= 0 ? 0 : (int) Math.ceilDiv(leftNanos, 1_000_000_000L);
    }

    private record Window(long startedNanos, int wrong) {}
}
