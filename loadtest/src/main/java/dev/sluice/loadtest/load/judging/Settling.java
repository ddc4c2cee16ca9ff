package dev.sluice.loadtest.load.judging;

import dev.sluice.engine.http.PublicId;
import dev.sluice.loadtest.client.Patience;
import dev.sluice.loadtest.load.sending.Sent;
import dev.sluice.loadtest.load.tenant.LoadTenant;
import dev.sluice.loadtest.scenario.Expectation;
import dev.sluice.loadtest.scenario.Scenario;
import io.vertx.sqlclient.Pool;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Waits until everybody is settled who is to be. */
public final class Settling {
    private final Installation rows;
    private final Set<Long> tenantIds;
    private final Set<Long> quietTenantIds;
    private final Set<Long> submissionIds;

    public Settling(Scenario scenario, List<LoadTenant> tenants, List<Sent> sent, Pool pool) {
        this.rows = new Installation(pool);
        HeldTenants held = new HeldTenants(scenario);
        this.tenantIds = tenants.stream().map(LoadTenant::id).collect(Collectors.toSet());
        this.quietTenantIds = tenants.stream()
                .filter(tenant -> !held.contains(tenant))
                .map(LoadTenant::id)
                .collect(Collectors.toSet());
        this.submissionIds = sent.stream()
                .filter(one -> one.accepted() && one.load().expect() == Expectation.SETTLED)
                .map(one -> PublicId.submission(one.id()).orElseThrow())
                .collect(Collectors.toSet());
    }

    /** Whether it happened in time. Calls and results count too, but not of a tenant whose people may wait. */
    public boolean await(Duration limit) {
        return Patience.until(
                limit,
                () -> rows.open(tenantIds, submissionIds) == 0 && rows.books().open(quietTenantIds) == 0);
    }
}
