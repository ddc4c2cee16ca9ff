package dev.sluice.engine.directory;

import dev.sluice.engine.model.Limits;

/**
 * A corp on a platform, with the limits in force today.
 *
 * @param id the organisation
 * @param tenantId its owner
 * @param platform {@code dingtalk}, {@code feishu} or {@code lark}
 * @param corpId the platform's id of it
 * @param profile the limit profile in force
 * @param limits that profile's values in force
 */
public record OrganisationEntry(
        long id, long tenantId, String platform, String corpId, String profile, Limits limits) {}
