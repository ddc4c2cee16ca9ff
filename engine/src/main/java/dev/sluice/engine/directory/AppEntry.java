package dev.sluice.engine.directory;

import java.util.Map;

/**
 * Credentials at a platform, with what calls need of them. Its text form hides the secrets.
 *
 * @param id the app
 * @param tenantId its owner
 * @param organisation whose budget its calls spend
 * @param appKey the platform's public id of it
 * @param agentId DingTalk's AgentId, 0 for none
 * @param robotCode DingTalk's robotCode, "" for none
 * @param secrets secret values by name: {@code appSecret}, or {@code accessToken} and {@code signSecret} of a webhook robot
 */
public record AppEntry(
        long id,
        long tenantId,
        OrganisationEntry organisation,
        String appKey,
        long agentId,
        String robotCode,
        Map<String, String> secrets) {

    public AppEntry {
        secrets = Map.copyOf(secrets);
    }

    @Override
    public String toString() {
        return "app " + id + " (" + appKey + ")";
    }
}
