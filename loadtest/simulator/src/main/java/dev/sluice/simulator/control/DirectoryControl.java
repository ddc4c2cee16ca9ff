package dev.sluice.simulator.control;

import dev.sluice.simulator.directory.App;
import dev.sluice.simulator.directory.Department;
import dev.sluice.simulator.directory.Directory;
import dev.sluice.simulator.directory.Organisation;
import dev.sluice.simulator.directory.People;
import dev.sluice.simulator.directory.Standing;
import dev.sluice.simulator.directory.WebhookRobot;
import dev.sluice.simulator.limit.IpRange;
import dev.sluice.simulator.settings.LimitSettings;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Set;

/** Organisations, people, departments, apps and webhook robots. Secrets go in and never come out. */
final class DirectoryControl {
    private final Directory directory;
    private final LimitSettings settings;

    DirectoryControl(Directory directory, LimitSettings settings) {
        this.directory = directory;
        this.settings = settings;
    }

    JsonObject putOrganisation(RoutingContext context) {
        ControlBody body = ControlBody.of(context).allowing("tier");
        String tier = body.text("tier");
        if (!settings.current().tiers().containsKey(tier)) {
            throw body.problem(
                    "tier", "must be one of " + settings.current().tiers().keySet());
        }
        return json(directory.addOrganisation(context.pathParam("corpId"), tier));
    }

    JsonObject organisations(RoutingContext context) {
        JsonArray list = new JsonArray();
        directory.organisations().forEach(organisation -> list.add(json(organisation)));
        return new JsonObject().put("organisations", list);
    }

    private static JsonObject json(Organisation organisation) {
        return new JsonObject()
                .put("corpId", organisation.corpId())
                .put("tier", organisation.tier())
                .put("people", organisation.people().size());
    }

    JsonObject putDepartment(RoutingContext context) {
        ControlBody body = ControlBody.of(context).allowing("name", "parentId");
        long id = pathNumber(context, "id");
        Department department = new Department(id, body.text("name"), body.number("parentId", Department.ROOT));
        organisation(context).addDepartment(department);
        return new JsonObject().put("id", id);
    }

    JsonObject postPeople(RoutingContext context) {
        ControlBody body = ControlBody.of(context).allowing("range", "people");
        Organisation organisation = organisation(context);
        if (body.has("range")) {
            addRange(organisation, body.object("range"));
        }
        if (body.has("people")) {
            body.objects("people").forEach(person -> addPerson(organisation, person));
        }
        return json(organisation);
    }

    private static void addRange(Organisation organisation, ControlBody range) {
        range.allowing("prefix", "first", "count", "departmentId", "standing");
        organisation
                .people()
                .addRange(
                        range.text("prefix", "user"),
                        Math.toIntExact(range.number("first", 1)),
                        Math.toIntExact(range.number("count")),
                        departmentId(organisation, range),
                        range.constant("standing", Standing.class, Standing.MEMBER));
    }

    private static void addPerson(Organisation organisation, ControlBody person) {
        person.allowing("userid", "departmentId", "standing", "mobile");
        People people = organisation.people();
        people.add(
                person.text("userid"),
                departmentId(organisation, person),
                person.constant("standing", Standing.class, Standing.MEMBER));
        if (person.has("mobile")) {
            people.setMobile(person.text("userid"), person.text("mobile"));
        }
    }

    private static long departmentId(Organisation organisation, ControlBody body) {
        long id = body.number("departmentId", Department.ROOT);
        if (organisation.department(id) == null) {
            throw body.problem("departmentId", "must be an existing department");
        }
        return id;
    }

    JsonObject putApp(RoutingContext context) {
        ControlBody body = ControlBody.of(context)
                .allowing("corpId", "appSecret", "agentId", "robotCode", "scopes", "ipAllowlist");
        String appKey = context.pathParam("appKey");
        App app = directory.addApp(new App(
                body.text("corpId"),
                appKey,
                body.text("appSecret"),
                body.number("agentId"),
                body.text("robotCode", appKey),
                Set.copyOf(body.texts("scopes")),
                addresses(body)));
        return json(app);
    }

    JsonObject apps(RoutingContext context) {
        JsonArray list = new JsonArray();
        directory.apps().forEach(app -> list.add(json(app)));
        return new JsonObject().put("apps", list);
    }

    private static JsonObject json(App app) {
        return new JsonObject()
                .put("appKey", app.appKey())
                .put("corpId", app.corpId())
                .put("agentId", app.agentId())
                .put("robotCode", app.robotCode())
                .put("scopes", new JsonArray(List.copyOf(app.scopes())));
    }

    JsonObject putRobot(RoutingContext context) {
        ControlBody body =
                ControlBody.of(context).allowing("corpId", "accessToken", "secret", "keywords", "ipAllowlist");
        WebhookRobot robot = directory.addRobot(new WebhookRobot(
                body.text("corpId"),
                context.pathParam("name"),
                body.text("accessToken"),
                body.text("secret", ""),
                body.texts("keywords"),
                addresses(body)));
        return new JsonObject().put("name", robot.name()).put("recipient", robot.recipient());
    }

    private static List<IpRange> addresses(ControlBody body) {
        return body.texts("ipAllowlist").stream().map(IpRange::new).toList();
    }

    Organisation organisation(RoutingContext context) {
        try {
            return directory.organisation(context.pathParam("corpId"));
        } catch (IllegalArgumentException missing) {
            throw new ControlProblem(404, "", missing.getMessage());
        }
    }

    static long pathNumber(RoutingContext context, String name) {
        try {
            return Long.parseLong(context.pathParam(name));
        } catch (NumberFormatException notNumeric) {
            throw new ControlProblem(400, "", name + " in the path must be a whole number");
        }
    }
}
