package dev.sluice.loadtest.load.judging;

import dev.sluice.engine.model.ReceiptPolicy;
import dev.sluice.loadtest.load.sending.Sent;
import dev.sluice.loadtest.load.tenant.LoadTenant;
import dev.sluice.loadtest.scenario.Expectation;
import dev.sluice.loadtest.scenario.Scenario;
import java.util.Set;
import java.util.stream.Collectors;

/** The tenants of a scenario some of whose people may still wait at its end, so that their calls and results need not be over then. Pure. */
final class HeldTenants {
    private final Set<String> groups;

    HeldTenants(Scenario scenario) {
        this.groups = scenario.load().stream()
                .filter(load -> load.expect() == Expectation.HELD)
                .map(load -> load.tenants())
                .collect(Collectors.toSet());
    }

    /** Whether a tenant is one of them. */
    boolean contains(LoadTenant tenant) {
        return groups.contains(tenant.group().name());
    }

    /** Whether nothing of a submission moves any more once all is settled that is to be: a result that nobody waited for may still come. */
    boolean isStill(Sent one) {
        boolean resultsAreOver = !contains(one.tenant()) || one.tenant().group().receipts() == ReceiptPolicy.NONE;
        return one.load().expect() == Expectation.SETTLED && resultsAreOver;
    }
}
