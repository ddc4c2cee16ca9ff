package dev.sluice.loadtest.load.sampling;

import dev.sluice.simulator.Simulator;
import dev.sluice.simulator.http.Api;
import dev.sluice.simulator.ledger.CallRow;
import dev.sluice.simulator.limit.SlidingWindow;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Follows the platform's ledger: each call is looked at once, so that a look costs what happened since the last. Not thread-safe. */
final class PlatformTail {
    private static final int PAGE_ROWS = 5_000;
    private static final long MINUTE_MILLIS = 60_000;
    private static final long SECOND_NANOS = 1_000_000_000L;

    private final Simulator simulator;
    private final Map<Api, Integer> fits;
    private final Map<String, SlidingWindow> minutes = new HashMap<>();
    private final Map<String, SlidingWindow> seconds = new HashMap<>();
    private long position;
    private long calls;
    private long shown;
    private long carried;
    private long room;

    PlatformTail(Simulator simulator) {
        this.simulator = simulator;
        this.fits = new EnumMap<>(Map.of(
                Api.NOTICE_SEND,
                simulator.limits().current().notice().usersPerCall(),
                Api.ROBOT_SEND,
                simulator.limits().current().robot().usersPerCall(),
                Api.WEBHOOK_SEND,
                1));
    }

    /** Reads what came since the last look. */
    void follow() {
        List<CallRow> page;
        do {
            page = simulator.ledger().page(position, PAGE_ROWS);
            page.forEach(this::add);
            position += page.size();
        } while (page.size() == PAGE_ROWS);
    }

    private void add(CallRow call) {
        calls++;
        shown += call.shown();
        if (call.processed() && fits.containsKey(call.api())) {
            fill(call);
            seconds.computeIfAbsent(call.appKey(), app -> new SlidingWindow(SECOND_NANOS))
                    .add(call.arrivalNanos(), 1);
            if (call.api() == Api.NOTICE_SEND) {
                minutes.computeIfAbsent(call.corpId(), corp -> new SlidingWindow(MINUTE_MILLIS))
                        .add(call.wallMillis(), call.recipients());
            }
        }
    }

    /** Of a call that was refused as a whole the ledger names nobody: it says nothing about how full it was. */
    private void fill(CallRow call) {
        if (call.recipients() > 0) {
            carried += call.recipients();
            room += fits.get(call.api());
        }
    }

    long calls() {
        return calls;
    }

    long shown() {
        return shown;
    }

    /** People in calls of those who would have fitted; not a number before the first such call. */
    double fillRatio() {
        return (double) carried / room;
    }

    /** Use of the fullest gate, 0 to 1: people a minute of an organisation, or calls a second of an app. */
    double quotaUse() {
        long peopleLimit = simulator.limits().current().notice().recipientsPerMinute();
        double fullest = 0;
        for (SlidingWindow minute : minutes.values()) {
            fullest = Math.max(fullest, (double) minute.used(simulator.clock().wallMillis()) / peopleLimit);
        }
        for (Map.Entry<String, SlidingWindow> second : seconds.entrySet()) {
            fullest = Math.max(
                    fullest,
                    (double) second.getValue().used(simulator.clock().nanos()) / callsPerSecond(second.getKey()));
        }
        return Math.min(1, fullest);
    }

    /** A webhook has no app and no calls a second. */
    private long callsPerSecond(String appKey) {
        return simulator.directory().app(appKey) == null
                ? Long.MAX_VALUE
                : simulator
                        .limits()
                        .current()
                        .tier(simulator
                                .directory()
                                .organisationOf(simulator.directory().app(appKey))
                                .tier())
                        .qps();
    }
}
