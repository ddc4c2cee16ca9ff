package dev.sluice.simulator.control;

import dev.sluice.simulator.clock.PlatformClock;
import dev.sluice.simulator.limit.MonthMeter.Pool;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Limits, clock, tokens and other people's spending. */
final class PlatformControl {
    private final Controlled platform;
    private final DirectoryControl directory;

    PlatformControl(Controlled platform, DirectoryControl directory) {
        this.platform = platform;
        this.directory = directory;
    }

    JsonObject limits(RoutingContext context) {
        return new JsonObject(platform.limits().toMap());
    }

    JsonObject putLimits(RoutingContext context) {
        platform.limits().patch(plain(ControlBody.of(context).json()));
        return limits(context);
    }

    private static Map<String, Object> plain(JsonObject json) {
        Map<String, Object> map = new LinkedHashMap<>();
        json.forEach(entry -> map.put(
                entry.getKey(),
                switch (entry.getValue()) {
                    case JsonObject nested -> plain(nested);
                    case JsonArray array -> array.getList();
                    case null -> null;
                    default -> entry.getValue();
                }));
        return map;
    }

    JsonObject clock(RoutingContext context) {
        PlatformClock clock = platform.clock();
        return new JsonObject()
                .put("now", Instant.ofEpochMilli(clock.wallMillis()).toString())
                .put("frozen", clock.isFrozen());
    }

    JsonObject postClock(RoutingContext context) {
        ControlBody body = ControlBody.of(context).allowing("frozen", "advanceMillis", "advanceTo");
        PlatformClock clock = platform.clock();
        if (body.has("frozen")) {
            if (Boolean.TRUE.equals(body.json().getValue("frozen"))) {
                clock.freeze();
            } else {
                clock.resume();
            }
        }
        if (body.has("advanceMillis")) {
            clock.advance(Duration.ofMillis(body.number("advanceMillis")));
        }
        if (body.has("advanceTo")) {
            clock.advanceTo(instant(body));
        }
        return clock(context);
    }

    private static Instant instant(ControlBody body) {
        try {
            return Instant.parse(body.text("advanceTo"));
        } catch (DateTimeParseException malformed) {
            throw body.problem("advanceTo", "must be an instant such as 2026-12-01T00:00:00Z");
        }
    }

    JsonObject revoke(RoutingContext context) {
        platform.tokens().revoke(context.pathParam("appKey"));
        return new JsonObject();
    }

    JsonObject spend(RoutingContext context) {
        ControlBody body = ControlBody.of(context).allowing("calls", "pool");
        String corpId = directory.organisation(context).corpId();
        Pool pool = body.constant("pool", Pool.class, Pool.API);
        platform.month().spend(corpId, pool, body.number("calls"));
        return new JsonObject().put("used", platform.month().used(corpId, pool));
    }
}
