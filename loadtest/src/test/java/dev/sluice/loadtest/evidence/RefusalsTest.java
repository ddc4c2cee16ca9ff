package dev.sluice.loadtest.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.loadtest.testkit.SimulatorExtension;
import dev.sluice.simulator.Simulator;
import dev.sluice.simulator.http.Api;
import dev.sluice.simulator.ledger.CallDraft;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SimulatorExtension.class)
class RefusalsTest {
    private final Simulator simulator;

    RefusalsTest(Simulator simulator) {
        this.simulator = simulator;
    }

    @Test
    void onlyWhatACallWasRefusedForIsCounted() {
        call(Api.NOTICE_SEND, "0", false);
        call(Api.NOTICE_SEND, "70004", false);
        call(Api.NOTICE_RESULT, "70004", false);
        call(Api.ACCESS_TOKEN, "invalidClientIdOrSecret", false);
        call(Api.NOTICE_SEND, "90018", true);
        call(Api.NOTICE_SEND, "90020", false);
        CallDraft lost = begun(Api.NOTICE_SEND, "");
        lost.setUnprocessed();
        simulator.ledger().append(lost);
        assertThat(Refusals.of(simulator).codes()).isEqualTo(Map.of("70004", 2L, "invalidClientIdOrSecret", 1L));
    }

    private void call(Api api, String outcome, boolean throttled) {
        CallDraft call = begun(api, outcome);
        if (throttled) {
            call.setThrottled();
        }
        simulator.ledger().append(call);
    }

    private static CallDraft begun(Api api, String outcome) {
        CallDraft call = new CallDraft();
        call.begin(api, 0, 0);
        call.setOutcome(outcome);
        return call;
    }
}
