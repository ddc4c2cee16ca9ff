package dev.sluice.loadtest.load.judging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.loadtest.load.sending.Sent;
import dev.sluice.loadtest.load.tenant.LoadTenant;
import dev.sluice.loadtest.scenario.Load;
import dev.sluice.loadtest.scenario.Scenario;
import dev.sluice.loadtest.scenario.ScenarioFile;
import dev.sluice.loadtest.scenario.ScenarioInvalid;
import java.util.List;
import org.junit.jupiter.api.Test;

class HeldTenantsTest {
    @Test
    void whatIsSettledOfATenantWhosePeopleMayWaitStillGetsResults() throws ScenarioInvalid {
        assertThat(still("all", "expect: held", "expect: settled")).containsExactly(false, false);
        assertThat(still("sample", "expect: held", "expect: settled")).containsExactly(false, false);
    }

    @Test
    void whereNoResultsAreAskedForItMovesNoMore() throws ScenarioInvalid {
        assertThat(still("none", "expect: held", "expect: settled")).containsExactly(false, true);
    }

    @Test
    void theResultsOfTheOthersAreWaitedFor() throws ScenarioInvalid {
        assertThat(still("all", "expect: settled", "expect: settled")).containsExactly(true, true);
    }

    /** Whether a submission of each load moves no more. */
    private static List<Boolean> still(String receipts, String first, String second) throws ScenarioInvalid {
        Scenario scenario = ScenarioFile.parse("""
                name: x
                description: {en: x, zh: x}
                tenants: [{name: one, tier: professional, receipts: %s}]
                load:
                  - {kind: campaign, tenants: one, %s}
                  - {kind: singles, tenants: one, untilSeconds: 1, perSecond: 1, %s}
                """.formatted(receipts, first, second));
        LoadTenant tenant = new LoadTenant(scenario.tenants().getFirst(), "one", 0, 0, "", List.of(), "key", "user");
        HeldTenants held = new HeldTenants(scenario);
        return scenario.load().stream()
                .map(load -> held.isStill(sent(tenant, load)))
                .toList();
    }

    private static Sent sent(LoadTenant tenant, Load load) {
        return new Sent(tenant, load, "msg_1", 1, 0, 0, false, 0, Sent.Answer.ACCEPTED);
    }
}
