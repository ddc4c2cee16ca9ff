package dev.sluice.simulator.ledger;

import dev.sluice.simulator.http.Api;
import java.util.HashMap;
import java.util.Map;

/** Running sums that every mode of the ledger keeps. */
final class Totals {
    private static final long SECOND_NANOS = 1_000_000_000L;
    private static final long MINUTE_MILLIS = 60_000L;

    private final Map<String, Long> outcomes = new HashMap<>();
    private final Map<Lane, WorstWindow> seconds = new HashMap<>();
    private final Map<String, WorstWindow> minutesOfApps = new HashMap<>();
    private final Map<String, WorstWindow> minutesOfCorps = new HashMap<>();
    private final long[] verdicts = new long[Verdict.values().length];
    private final boolean keepsWorst;
    private long metered;
    private long throttled;

    record Lane(String appKey, Api api) {}

    Totals(boolean keepsWorst) {
        this.keepsWorst = keepsWorst;
    }

    void add(CallDraft draft) {
        if (!draft.isProcessed()) {
            return;
        }
        outcomes.merge(draft.outcome(), 1L, Long::sum);
        metered += draft.isMetered() ? 1 : 0;
        throttled += draft.isThrottled() ? 1 : 0;
        for (int i = 0; i < draft.recipients(); i++) {
            verdicts[draft.verdict(i).ordinal()]++;
        }
        if (keepsWorst) {
            addToWorst(draft);
        }
    }

    private void addToWorst(CallDraft draft) {
        seconds.computeIfAbsent(new Lane(draft.appKey(), draft.api()), lane -> new WorstWindow(SECOND_NANOS))
                .add(draft.arrivalNanos(), 1);
        if (draft.api() == Api.NOTICE_SEND && draft.recipients() > 0) {
            minutesOfApps
                    .computeIfAbsent(draft.appKey(), app -> new WorstWindow(MINUTE_MILLIS))
                    .add(draft.wallMillis(), draft.recipients());
            minutesOfCorps
                    .computeIfAbsent(draft.corpId(), corp -> new WorstWindow(MINUTE_MILLIS))
                    .add(draft.wallMillis(), draft.recipients());
        }
    }

    Map<String, Long> outcomes() {
        return Map.copyOf(outcomes);
    }

    long metered() {
        return metered;
    }

    long throttled() {
        return throttled;
    }

    long verdicts(Verdict verdict) {
        return verdicts[verdict.ordinal()];
    }

    long worstSecond(String appKey, Api api) {
        return worst(seconds.get(new Lane(appKey, api)));
    }

    long worstMinuteOfApp(String appKey) {
        return worst(minutesOfApps.get(appKey));
    }

    long worstMinuteOfCorp(String corpId) {
        return worst(minutesOfCorps.get(corpId));
    }

    private static long worst(WorstWindow window) {
        return window == null ? 0 : window.worst();
    }
}
