package dev.sluice.simulator.control;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.function.Function;

/** Routes of the control API. Bodies are JSON, problems are RFC 9457. There is no authentication: bind it to loopback. */
public final class ControlRoutes {
    /** Every path below it belongs to the control API. */
    public static final String ROOT = "/_sim/";

    private static final long BODY_BYTES = 16 << 20;

    private ControlRoutes() {}

    /** A handler for all requests below {@link #ROOT}. */
    public static Router create(Vertx vertx, Controlled platform) {
        Router router = Router.router(vertx);
        router.route().handler(BodyHandler.create(false).setBodyLimit(BODY_BYTES));
        DirectoryControl directory = new DirectoryControl(platform.directory(), platform.limits());
        addDirectory(router, directory);
        addPlatform(router, new PlatformControl(platform, directory));
        addFaults(router, new FaultControl(platform.faults()));
        addLedger(router, new LedgerControl(platform));
        router.post("/_sim/reset").handler(json(context -> {
            platform.forget().run();
            return new JsonObject();
        }));
        router.route().failureHandler(ControlRoutes::fail);
        router.route().last().handler(context -> answer(context, new ControlProblem(404, "", "no such control path")));
        return router;
    }

    private static void addDirectory(Router router, DirectoryControl directory) {
        router.get("/_sim/organisations").handler(json(directory::organisations));
        router.put("/_sim/organisations/:corpId").handler(json(directory::putOrganisation));
        router.put("/_sim/organisations/:corpId/departments/:id").handler(json(directory::putDepartment));
        router.post("/_sim/organisations/:corpId/people").handler(json(directory::postPeople));
        router.get("/_sim/apps").handler(json(directory::apps));
        router.put("/_sim/apps/:appKey").handler(json(directory::putApp));
        router.put("/_sim/robots/:name").handler(json(directory::putRobot));
    }

    private static void addPlatform(Router router, PlatformControl platform) {
        router.get("/_sim/limits").handler(json(platform::limits));
        router.put("/_sim/limits").handler(json(platform::putLimits));
        router.get("/_sim/clock").handler(json(platform::clock));
        router.post("/_sim/clock").handler(json(platform::postClock));
        router.post("/_sim/apps/:appKey/revoke").handler(json(platform::revoke));
        router.post("/_sim/organisations/:corpId/spend").handler(json(platform::spend));
    }

    private static void addFaults(Router router, FaultControl faults) {
        router.get("/_sim/faults").handler(json(faults::list));
        router.post("/_sim/faults").handler(json(faults::post));
        router.delete("/_sim/faults").handler(json(faults::clear));
        router.delete("/_sim/faults/:id").handler(json(faults::delete));
    }

    private static void addLedger(Router router, LedgerControl ledger) {
        router.get("/_sim/stats").handler(json(ledger::stats));
        router.get("/_sim/ledger").handler(ledger::page);
        router.get("/_sim/ledger/shown").handler(json(ledger::shown));
        router.get("/_sim/ledger/duplicates").handler(json(ledger::duplicates));
        router.get("/_sim/ledger/worst").handler(json(ledger::worst));
    }

    private static Handler<RoutingContext> json(Function<RoutingContext, JsonObject> action) {
        return context -> context.json(action.apply(context));
    }

    private static void fail(RoutingContext context) {
        switch (context.failure()) {
            case null -> answer(context, new ControlProblem(context.statusCode(), "", "the request cannot be read"));
            case ControlProblem problem -> answer(context, problem);
            case IllegalArgumentException e -> answer(context, new ControlProblem(400, "", e.getMessage()));
            case ArithmeticException e -> answer(context, new ControlProblem(400, "", e.getMessage()));
            case IllegalStateException e -> answer(context, new ControlProblem(409, "", e.getMessage()));
            default -> answer(context, new ControlProblem(500, "", "the simulator failed; see its log"));
        }
    }

    private static void answer(RoutingContext context, ControlProblem problem) {
        context.response()
                .setStatusCode(problem.status())
                .putHeader("Content-Type", "application/problem+json")
                .end(problem.toJson().toBuffer());
    }
}
