package dev.sluice.simulator;

import dev.sluice.simulator.clock.PlatformClock;
import dev.sluice.simulator.contact.Contacts;
import dev.sluice.simulator.control.Controlled;
import dev.sluice.simulator.directory.Directory;
import dev.sluice.simulator.fault.Faults;
import dev.sluice.simulator.http.Api;
import dev.sluice.simulator.http.Endpoint;
import dev.sluice.simulator.http.Front;
import dev.sluice.simulator.http.Gateway;
import dev.sluice.simulator.ledger.Ledger;
import dev.sluice.simulator.limit.MonthMeter;
import dev.sluice.simulator.notice.Notices;
import dev.sluice.simulator.robot.Robots;
import dev.sluice.simulator.settings.LimitSettings;
import dev.sluice.simulator.token.Tokens;
import dev.sluice.simulator.webhook.Webhooks;
import io.vertx.core.Vertx;
import java.util.EnumMap;
import java.util.Map;

/** All parts of the simulated platform, put together. */
final class Platform {
    final PlatformClock clock = new PlatformClock();
    final Directory directory = new Directory();
    final Faults faults = new Faults();
    final LimitSettings limits;
    final MonthMeter month;
    final Tokens tokens;
    final Ledger ledger;
    private final Notices notices;
    private final Robots robots;
    private final Webhooks webhooks;
    private final Gateway gateway;

    Platform(SimulatorOptions options) {
        limits = options.limits();
        month = new MonthMeter(clock);
        tokens = new Tokens(options.seed());
        ledger = new Ledger(directory, options.ledgerMode());
        notices = new Notices(directory, limits);
        robots = new Robots(directory, limits);
        webhooks = new Webhooks(directory, limits, month);
        gateway = new Gateway(directory, limits, month, tokens, endpoints());
    }

    private Map<Api, Endpoint> endpoints() {
        Map<Api, Endpoint> endpoints = new EnumMap<>(Api.class);
        endpoints.putAll(notices.endpoints());
        endpoints.putAll(robots.endpoints());
        endpoints.put(Api.WEBHOOK_SEND, webhooks);
        endpoints.putAll(new Contacts(directory, limits).endpoints());
        return endpoints;
    }

    Front front(Vertx vertx) {
        return new Front(vertx, clock, limits, tokens, faults, gateway, ledger);
    }

    Controlled controlled() {
        return new Controlled(directory, limits, faults, clock, month, tokens, ledger, this::forget);
    }

    /** Forgets what happened; organisations, apps, people, limits and the clock stay. On the event loop only. */
    void forget() {
        faults.clear();
        tokens.clear();
        month.clear();
        ledger.clear();
        notices.clear();
        robots.clear();
        webhooks.clear();
        gateway.clear();
    }
}
