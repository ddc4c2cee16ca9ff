package dev.sluice.admin.app;

import java.util.Map;

/**
 * An app that is to be made. Its text form hides the secrets.
 *
 * @param tenantId the owner
 * @param organisationId whose budget its calls spend
 * @param name for people
 * @param appKey the platform's public id of it
 * @param agentId DingTalk's AgentId, null for none
 * @param robotCode DingTalk's robotCode, null for none
 * @param secrets by name
 */
public record NewApp(
        long tenantId,
        long organisationId,
        String name,
        String appKey,
        Long agentId,
        String robotCode,
        Map<String, String> secrets) {
    public NewApp {
        secrets = Map.copyOf(secrets);
    }

    @Override
    public String toString() {
        return "new app " + appKey;
    }
}
