package dev.sluice.loadtest.demo;

import dev.sluice.loadtest.client.ApiClient;
import dev.sluice.simulator.directory.WebhookRobot;
import java.util.List;
import java.util.Map;

/**
 * A tenant of the demo, on both sides.
 *
 * @param plan what it was made from
 * @param id the tenant's
 * @param organisationId its organisation's
 * @param corpId the organisation's at the platform
 * @param channelIds by the channels' names
 * @param appKeys its apps at the platform
 * @param api the send API with its key
 * @param people its people file
 */
record DemoTenant(
        TenantPlan plan,
        long id,
        long organisationId,
        String corpId,
        Map<String, Long> channelIds,
        List<String> appKeys,
        ApiClient api,
        PeopleFile people) {
    static final String NOTICES = "notices";
    static final String ROBOT = "robot";
    static final String WEBHOOK = "webhook";

    DemoTenant {
        channelIds = Map.copyOf(channelIds);
    }

    /** The robot of the group that the webhook channel of an organisation tells. */
    static WebhookRobot group(String corpId) {
        return WebhookRobot.of(corpId, "group", corpId + "-token");
    }

    /** How the platform's ledger calls the group behind a webhook channel, by the channel's id. */
    Map<Long, String> groups() {
        return plan.hasRobots() ? Map.of(channelIds.get(WEBHOOK), group(corpId).recipient()) : Map.of();
    }

    long noticeChannelId() {
        return channelIds.get(NOTICES);
    }
}
