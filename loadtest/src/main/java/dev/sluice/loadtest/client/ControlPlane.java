package dev.sluice.loadtest.client;

import dev.sluice.engine.model.BudgetPool;
import io.vertx.core.json.JsonObject;
import java.time.YearMonth;

/** The admin API's operations that opening tenants needs. */
public final class ControlPlane {
    private final ApiClient api;

    /**
     * @param api the admin API with an admin key
     */
    public ControlPlane(ApiClient api) {
        this.api = api;
    }

    /** Makes a tenant; gives its id. */
    public long tenant(String name) {
        return api.post("/v1/tenants", new JsonObject().put("name", name)).getLong("id");
    }

    /** Makes an organisation with a limit profile; gives its id. */
    public long organisation(long tenantId, String corpId, String name, String profile) {
        return api.post(
                        "/v1/tenants/" + tenantId + "/organisations",
                        new JsonObject()
                                .put("platform", "dingtalk")
                                .put("corpId", corpId)
                                .put("name", name)
                                .put("profile", profile))
                .getLong("id");
    }

    /** Makes a channel as described; gives its id. */
    public long channel(long tenantId, JsonObject channel) {
        return api.post("/v1/tenants/" + tenantId + "/channels", channel).getLong("id");
    }

    /** Makes a key to send with; gives the whole key. */
    public String sendKey(long tenantId, String label) {
        return api.post("/v1/tenants/" + tenantId + "/keys", new JsonObject().put("label", label))
                .getString("key");
    }

    /** Enters how many metered calls of a pool the platform shows as used. */
    public void reading(long organisationId, BudgetPool pool, YearMonth month, long usedCalls) {
        api.post(
                "/v1/organisations/" + organisationId + "/budgets/" + month + "/readings",
                new JsonObject().put("pool", pool.wireName()).put("usedUnits", usedCalls));
    }
}
