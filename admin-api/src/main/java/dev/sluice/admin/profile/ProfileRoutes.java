package dev.sluice.admin.profile;

import dev.sluice.admin.http.Changed;
import dev.sluice.admin.http.Changes;
import dev.sluice.admin.http.Fields;
import dev.sluice.admin.http.Page;
import dev.sluice.admin.http.Request;
import dev.sluice.admin.http.Route;
import dev.sluice.engine.http.ProblemException;
import dev.sluice.engine.http.TextRules;
import dev.sluice.engine.model.Limits;
import dev.sluice.engine.time.EngineClock;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Limit profiles. The past stays as it was: rows are written for today (on the platform's calendar) or later, and only rows that are not in force yet can be
 * taken away. A limit whose value is null ends on that day.
 */
public final class ProfileRoutes {
    private static final String PROFILE_NAME = "[a-z0-9][a-z0-9-]{0,62}";
    private static final int MOST_SOURCE_CHARS = 500;

    private final Pool pool;
    private final Changes changes;
    private final EngineClock clock;

    public ProfileRoutes(Pool pool, Changes changes, EngineClock clock) {
        this.pool = pool;
        this.changes = changes;
        this.clock = clock;
    }

    public List<Route> routes() {
        return List.of(
                Route.get("/v1/profiles", this::list),
                Route.get("/v1/profiles/{profile}", request -> ProfileStore.rows(pool, request.text("profile"))),
                Route.replace("/v1/profiles/{profile}/limits", this::put),
                Route.remove("/v1/profiles/{profile}/limits/{effectiveFrom}", this::delete));
    }

    private Future<JsonObject> list(Request request) {
        Page page = request.page();
        return ProfileStore.list(pool, clock.platformDay(), page.after(), page.fetched())
                .map(rows -> page.reply(
                        rows,
                        row -> new JsonObject()
                                .put("profile", row.getString("profile"))
                                .put(
                                        "limitsInForce",
                                        row.getJsonObject("limits") == null
                                                ? new JsonObject()
                                                : row.getJsonObject("limits")),
                        row -> row.getString("profile")));
    }

    private Future<JsonObject> put(Request request) {
        String profile = request.text("profile");
        Fields body = request.body();
        LocalDate effectiveFrom = body.dayFrom("effectiveFrom", clock.platformDay());
        String source = body.text("source", MOST_SOURCE_CHARS);
        Map<String, Long> limits = limits(body.object("limits"));
        if (limits.isEmpty()) {
            body.fault("limits", "Must hold one limit at least.");
        }
        body.check();
        refuseName(profile);
        return changes.commit(
                request.actor(),
                "profile.put",
                sql -> ProfileStore.put(sql, profile, effectiveFrom, limits, source)
                        .compose(written -> ProfileStore.rows(sql, profile))
                        .map(rows -> new Changed(
                                "profile " + profile,
                                new JsonObject()
                                        .put("effectiveFrom", effectiveFrom.toString())
                                        .put("limits", new JsonObject(new HashMap<>(limits))),
                                rows)));
    }

    private static Map<String, Long> limits(Fields given) {
        Map<String, Long> limits = new HashMap<>();
        for (String name : given.names()) {
            if (Limits.NAMES.contains(name)) {
                limits.put(name, given.numberIfAny(name, Limits.AT_LEAST_ONE.contains(name) ? 1 : 0, Limits.MOST));
            }
        }
        return limits;
    }

    private static void refuseName(String profile) {
        if (profile.equals(Limits.UNLIMITED_PROFILE)) {
            throw ProblemException.invalid(
                    "path:profile", "This profile is the one without limits; choose another name.");
        }
        if (!profile.matches(PROFILE_NAME)) {
            throw ProblemException.invalid(
                    "path:profile", "Must be lower-case letters, digits and hyphens, 63 at most.");
        }
    }

    private Future<JsonObject> delete(Request request) {
        String profile = request.text("profile");
        LocalDate effectiveFrom = day(request.text("effectiveFrom"));
        if (!effectiveFrom.isAfter(clock.platformDay())) {
            throw ProblemException.invalid("path:effectiveFrom", "Is in force already, and the past stays.");
        }
        return changes.commit(
                request.actor(),
                "profile.delete",
                sql -> ProfileStore.delete(sql, profile, effectiveFrom).map(deleted -> {
                    if (deleted == 0) {
                        throw ProblemException.notFound("row of this profile on that day");
                    }
                    JsonObject reply =
                            new JsonObject().put("profile", profile).put("effectiveFrom", effectiveFrom.toString());
                    return Changed.to("profile " + profile, reply);
                }));
    }

    private static LocalDate day(String text) {
        try {
            return TextRules.day(text);
        } catch (DateTimeException notADay) {
            throw ProblemException.invalid(
                    "path:effectiveFrom", "Must be a day such as 2026-12-01, from " + TextRules.YEARS + ".");
        }
    }
}
