package dev.sluice.loadtest.load.judging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sluice.engine.model.DeliveryState;
import dev.sluice.loadtest.evidence.PlatformTally;
import dev.sluice.loadtest.load.sending.Sent;
import dev.sluice.loadtest.load.tenant.LoadTenant;
import dev.sluice.loadtest.scenario.Scenario;
import dev.sluice.loadtest.scenario.ScenarioFile;
import dev.sluice.loadtest.scenario.ScenarioInvalid;
import dev.sluice.loadtest.verdict.Snapshot.Latencies;
import dev.sluice.simulator.clock.PlatformClock;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A single send that never came to the platform, and has five seconds. */
class ArrivalsTest {
    @Test
    void whatWasTooLateTookAsLongAsItHad() throws ScenarioInvalid {
        Latencies arrived = arrived(DeliveryState.EXPIRED);
        assertThat(arrived.unseen()).isZero();
        assertThat(arrived.sent()).isEqualTo(1);
        assertThat(arrived.p99Millis()).isCloseTo(5_000, within(5.0));
    }

    @Test
    void whatWasHeldBackHasNoTime() throws ScenarioInvalid {
        assertThat(arrived(DeliveryState.SUPPRESSED).sent()).isZero();
    }

    @Test
    void whatIsSaidToHaveGoneWasToArrive() throws ScenarioInvalid {
        assertThat(arrived(DeliveryState.SENT).unseen()).isEqualTo(1);
        assertThat(arrived(DeliveryState.FAILED).unseen()).isEqualTo(1);
    }

    private static Latencies arrived(DeliveryState state) throws ScenarioInvalid {
        Scenario scenario = ScenarioFile.parse("""
                name: x
                description: {en: x, zh: x}
                tenants: [{name: one, tier: professional}]
                load: [{kind: singles, tenants: one, untilSeconds: 1, perSecond: 1, deliverWithinSeconds: 5}]
                """);
        LoadTenant tenant = new LoadTenant(scenario.tenants().getFirst(), "one", 0, 0, "", List.of(), "key", "user");
        Arrivals arrivals = new Arrivals(new PlatformClock(), 0);
        arrivals.add(
                new Sent(tenant, scenario.load().getFirst(), "msg_1", 1, 42, 0, true, 0, Sent.Answer.ACCEPTED),
                PlatformTally.empty(),
                Set.of(state));
        return arrivals.summary();
    }
}
