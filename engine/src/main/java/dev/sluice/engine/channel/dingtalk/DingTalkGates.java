package dev.sluice.engine.channel.dingtalk;

import dev.sluice.engine.channel.dingtalk.AdapterOptions.PeopleScope;
import dev.sluice.engine.directory.AppEntry;
import dev.sluice.engine.model.Limits;
import dev.sluice.engine.quota.LaneGates.PeopleRule;
import dev.sluice.engine.quota.SlotGate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The gates of a channel from the limits in force: a limit that is not set is no gate. Slots cannot say "never", so a limit of 0 is held as 1, the least. */
final class DingTalkGates {
    private static final long SECOND_MILLIS = 1_000;
    private static final long MINUTE_MILLIS = 60_000;
    /** 10,000 calls in 20 s from one address (call-frequency-limit, 2026-01-22). */
    private static final long ADDRESS_WINDOW_MILLIS = 20_000;

    private final AppEntry app;
    private final AdapterOptions options;
    private final List<SlotGate> slots = new ArrayList<>();

    private DingTalkGates(AppEntry app, AdapterOptions options) {
        this.app = app;
        this.options = options;
    }

    static DingTalkGates of(AppEntry app, AdapterOptions options) {
        return new DingTalkGates(app, options);
    }

    /** Calls of the app to one API in any second (how-to-process-api-throttling-on-the-dingtalk-server, 2026-05-09). */
    DingTalkGates callsPerSecond(String api) {
        return add(scopeOfApp(), "qps:" + api, Limits.QPS_PER_APP_AND_API, SECOND_MILLIS, false);
    }

    /** People reached by work notices in any minute (asynchronous-sending-of-enterprise-session-messages, 2026-05-29). */
    DingTalkGates peoplePerMinute(String api) {
        String scope = options.peopleScope() == PeopleScope.APP
                ? scopeOfApp()
                : "org:" + app.organisation().id();
        return add(scope, Limits.PEOPLE_PER_MINUTE + ":" + api, Limits.PEOPLE_PER_MINUTE, MINUTE_MILLIS, true);
    }

    /** Messages of one webhook robot in any minute (custom-robots-send-group-messages, 2026-07-14). */
    DingTalkGates messagesPerMinute() {
        return add(
                scopeOfApp(),
                Limits.WEBHOOK_MESSAGES_PER_MINUTE,
                Limits.WEBHOOK_MESSAGES_PER_MINUTE,
                MINUTE_MILLIS,
                false);
    }

    /** Calls of everybody behind our address. */
    DingTalkGates callsPerAddress() {
        return add("ip:" + options.egressId(), "calls", Limits.CALLS_PER_IP_AND_20S, ADDRESS_WINDOW_MILLIS, false);
    }

    List<SlotGate> slots() {
        return slots;
    }

    /** What one person may get in a day from the app. */
    Optional<PeopleRule> peopleRule(String api) {
        OptionalLong messages = limit(Limits.MESSAGES_PER_PERSON_AND_DAY);
        boolean sameContentOnce = limit(Limits.SAME_CONTENT_PER_PERSON_AND_DAY).isPresent();
        if (messages.isEmpty() && !sameContentOnce) {
            return Optional.empty();
        }
        return Optional.of(new PeopleRule(scopeOfApp(), api, messages.orElse(Long.MAX_VALUE), sameContentOnce));
    }

    private DingTalkGates add(String scope, String name, String limit, long windowMillis, boolean countsPeople) {
        limit(limit)
                .ifPresent(capacity ->
                        slots.add(new SlotGate(scope, name, Math.max(1, capacity), windowMillis, countsPeople)));
        return this;
    }

    private OptionalLong limit(String name) {
        return app.organisation().limits().value(name);
    }

    private String scopeOfApp() {
        return "app:" + app.id();
    }
}
