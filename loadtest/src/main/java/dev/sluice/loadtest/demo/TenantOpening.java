package dev.sluice.loadtest.demo;

import dev.sluice.loadtest.client.ApiClient;
import dev.sluice.loadtest.client.ApiFailure;
import dev.sluice.loadtest.client.ControlPlane;
import dev.sluice.loadtest.client.Patience;
import dev.sluice.loadtest.evidence.MessageContent;
import dev.sluice.simulator.Simulator;
import dev.sluice.simulator.directory.App;
import dev.sluice.simulator.directory.Department;
import dev.sluice.simulator.directory.Organisation;
import dev.sluice.simulator.directory.Standing;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Opens a tenant: its organisation, apps and people at the simulated platform, then the tenant, organisation, channels and key through the admin API. */
final class TenantOpening {
    private static final long AGENT_ID = 4711;
    private static final String SECRET = "demo-secret";
    private static final Duration UNTIL_KNOWN = Duration.ofSeconds(15);

    private final Stage stage;
    private final ControlPlane control;
    /** Makes names unique in a directory that is kept. */
    private final String run;

    TenantOpening(Stage stage, ApiClient admin, String run) {
        this.stage = stage;
        this.control = new ControlPlane(admin);
        this.run = run;
    }

    DemoTenant open(TenantPlan plan, PeopleFile people) {
        String corpId = "ding-" + plan.profile() + "-" + run;
        List<String> appKeys = openAtThePlatform(plan, corpId, people);
        long tenantId = control.tenant("Demo " + plan.profile() + " " + run);
        long organisationId = control.organisation(tenantId, corpId, "Demo " + plan.profile(), plan.profile());
        Map<String, Long> channelIds = new HashMap<>();
        channelIds.put(DemoTenant.NOTICES, control.channel(tenantId, notices(organisationId, corpId)));
        if (plan.hasRobots()) {
            channelIds.put(DemoTenant.ROBOT, control.channel(tenantId, robot(organisationId, corpId)));
            channelIds.put(DemoTenant.WEBHOOK, control.channel(tenantId, webhook(organisationId, corpId)));
        }
        String key = control.sendKey(tenantId, "demo");
        DemoTenant tenant =
                new DemoTenant(plan, tenantId, organisationId, corpId, channelIds, appKeys, stage.sendApi(key), people);
        awaitKnown(tenant);
        return tenant;
    }

    private List<String> openAtThePlatform(TenantPlan plan, String corpId, PeopleFile people) {
        Simulator simulator = stage.simulator();
        Organisation organisation = simulator.directory().addOrganisation(corpId, plan.profile());
        for (Person person : people.people()) {
            if (person.standing() != Standing.UNKNOWN) {
                organisation.people().add(person.recipient(), Department.ROOT, person.standing());
            }
        }
        List<String> appKeys = new ArrayList<>(List.of(corpId + "-notices"));
        if (plan.hasRobots()) {
            appKeys.add(corpId + "-robot");
            simulator.directory().addRobot(DemoTenant.group(corpId));
        }
        appKeys.forEach(appKey -> simulator.directory().addApp(App.of(corpId, appKey, SECRET, AGENT_ID)));
        return appKeys;
    }

    private static JsonObject notices(long organisationId, String corpId) {
        return new JsonObject()
                .put("organisationId", organisationId)
                .put("kind", "dingtalk-work")
                .put("name", DemoTenant.NOTICES)
                .put("appKey", corpId + "-notices")
                .put("agentId", AGENT_ID)
                .put("secrets", new JsonObject().put("appSecret", SECRET))
                .put("receipts", "all");
    }

    private static JsonObject robot(long organisationId, String corpId) {
        return new JsonObject()
                .put("organisationId", organisationId)
                .put("kind", "dingtalk-robot")
                .put("name", DemoTenant.ROBOT)
                .put("appKey", corpId + "-robot")
                .put("robotCode", corpId + "-robot")
                .put("secrets", new JsonObject().put("appSecret", SECRET));
    }

    private static JsonObject webhook(long organisationId, String corpId) {
        return new JsonObject()
                .put("organisationId", organisationId)
                .put("kind", "dingtalk-webhook")
                .put("name", DemoTenant.WEBHOOK)
                .put(
                        "secrets",
                        new JsonObject()
                                .put("accessToken", DemoTenant.group(corpId).accessToken()));
    }

    /** A change of the control plane reaches the node's memory a moment later. */
    private static void awaitKnown(DemoTenant tenant) {
        JsonObject question = MessageContent.message(DemoTenant.NOTICES, "?", "transactional")
                .put("to", tenant.people().people().getFirst().recipient())
                .put("dryRun", true);
        Patience.until(UNTIL_KNOWN, () -> {
            try {
                tenant.api().post("/v1/messages", question);
                return true;
            } catch (ApiFailure notYet) {
                if (notYet.status() == 422 || notYet.status() == 401) {
                    return false;
                }
                throw notYet;
            }
        });
    }
}
