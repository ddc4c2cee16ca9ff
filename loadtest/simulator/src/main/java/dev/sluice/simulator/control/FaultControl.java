package dev.sluice.simulator.control;

import dev.sluice.simulator.fault.FaultRule;
import dev.sluice.simulator.fault.Faults;
import dev.sluice.simulator.http.Api;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;

/** Scripts faults. */
final class FaultControl {
    private final Faults faults;

    FaultControl(Faults faults) {
        this.faults = faults;
    }

    JsonObject post(RoutingContext context) {
        ControlBody body = ControlBody.of(context)
                .allowing("app", "api", "containing", "percent", "skip", "count", "seed", "effect");
        FaultRule rule = new FaultRule(
                body.text("app", ""),
                body.has("api") ? Api.named(body.text("api")) : null,
                body.text("containing", ""),
                body.decimal("percent", 100),
                body.number("skip", 0),
                body.number("count", -1),
                body.number("seed", 1),
                EffectReader.read(body.object("effect")));
        return new JsonObject().put("id", faults.add(rule));
    }

    JsonObject list(RoutingContext context) {
        JsonArray list = new JsonArray();
        faults.rules()
                .forEach((id, rule) -> list.add(new JsonObject()
                        .put("id", id)
                        .put("app", rule.appKey())
                        .put("api", rule.api() == null ? "*" : rule.api().path())
                        .put("containing", rule.containing())
                        .put("percent", rule.percent())
                        .put("skip", rule.skip())
                        .put("count", rule.count())
                        .put("met", faults.met(id))
                        .put("effect", rule.effect().word())));
        return new JsonObject().put("faults", list);
    }

    JsonObject delete(RoutingContext context) {
        if (!faults.remove(DirectoryControl.pathNumber(context, "id"))) {
            throw new ControlProblem(404, "", "no such fault");
        }
        return new JsonObject();
    }

    JsonObject clear(RoutingContext context) {
        faults.clear();
        return new JsonObject();
    }
}
