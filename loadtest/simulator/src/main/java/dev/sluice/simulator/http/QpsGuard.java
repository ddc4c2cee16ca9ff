package dev.sluice.simulator.http;

import dev.sluice.simulator.ledger.CallDraft;
import dev.sluice.simulator.limit.SlidingWindow;
import dev.sluice.simulator.settings.Limits;
import java.util.HashMap;
import java.util.Map;

/** Calls per second by app and API, and by API over everybody, as exact logs. Not thread-safe. */
final class QpsGuard {
    private final Map<String, Windows> apps = new HashMap<>();
    private Windows platform;

    /** One window per API. */
    private static final class Windows {
        private final int windowMillis;
        private final SlidingWindow[] windows = new SlidingWindow[Api.values().length];

        Windows(int windowMillis) {
            this.windowMillis = windowMillis;
            for (int i = 0; i < windows.length; i++) {
                windows[i] = new SlidingWindow(windowMillis * 1_000_000L);
            }
        }

        SlidingWindow of(Api api) {
            return windows[api.ordinal()];
        }
    }

    /** Counts a call; answers the refusal, or null if it may pass. */
    Refusal admit(String appKey, CallDraft call, Limits limits, int tierQps) {
        Limits.Qps qps = limits.qps();
        Api api = call.api();
        long nowNanos = call.arrivalNanos();
        if (!qps.enforced()) {
            return null;
        }
        SlidingWindow own = windows(appKey, qps.windowMillis()).of(api);
        int ownLimit = qps.apis().getOrDefault(api.path(), tierQps);
        if (own.used(nowNanos) >= ownLimit) {
            if (qps.rejectedCallsCount()) {
                own.add(nowNanos, 1);
            }
            return Refusal.appQps(api, ownLimit);
        }
        if (qps.platform() > 0 && !platform(qps.windowMillis()).of(api).tryAdd(nowNanos, qps.platform())) {
            return Refusal.platformQps(api, qps.platform(), qps.windowMillis(), call.wallMillis());
        }
        own.add(nowNanos, 1);
        return null;
    }

    void clear() {
        apps.clear();
        platform = null;
    }

    private Windows windows(String appKey, int windowMillis) {
        Windows windows = apps.get(appKey);
        if (windows == null || windows.windowMillis != windowMillis) {
            windows = new Windows(windowMillis);
            apps.put(appKey, windows);
        }
        return windows;
    }

    private Windows platform(int windowMillis) {
        if (platform == null || platform.windowMillis != windowMillis) {
            platform = new Windows(windowMillis);
        }
        return platform;
    }
}
