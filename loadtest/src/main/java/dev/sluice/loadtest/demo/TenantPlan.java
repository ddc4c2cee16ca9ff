package dev.sluice.loadtest.demo;

import java.util.List;

/**
 * A tenant that the demo makes.
 *
 * @param profile its limit profile, and its tier at the platform
 * @param chinese the tier's name in Chinese
 * @param hasRobots whether it has a robot and a webhook channel too
 */
record TenantPlan(String profile, String chinese, boolean hasRobots) {
    /** One on each built-in tier. Only the standard tier has a published number of webhook calls a month. */
    static List<TenantPlan> all() {
        return List.of(
                new TenantPlan("standard", "标准版", true),
                new TenantPlan("professional", "专业版", false),
                new TenantPlan("enterprise", "专属版", false));
    }
}
