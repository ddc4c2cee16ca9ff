package dev.sluice.loadtest.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.loadtest.testkit.SimulatorExtension;
import dev.sluice.simulator.Simulator;
import dev.sluice.simulator.http.Api;
import dev.sluice.simulator.http.Refusal;
import dev.sluice.simulator.ledger.CallDraft;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SimulatorExtension.class)
class MonthRefusalsTest {
    private final Simulator simulator;

    MonthRefusalsTest(Simulator simulator) {
        this.simulator = simulator;
    }

    @Test
    void eachApiFamilysWordForASpentMonthIsCountedAndNoOther() {
        simulator.directory().addOrganisation("corp", "standard");
        Refusal spent = Refusal.orgBudget(10_000, 10_000, 403);
        answer(Api.NOTICE_SEND, spent.reply(Api.Family.TOPAPI).outcome());
        answer(Api.NOTICE_RESULT, spent.plain().outcome());
        answer(Api.ROBOT_SEND, spent.reply(Api.Family.V1).outcome());
        answer(
                Api.WEBHOOK_SEND,
                Integer.toString(simulator.limits().current().codes().webhookBudget()));
        answer(Api.NOTICE_SEND, "0");
        answer(Api.NOTICE_SEND, Refusal.appQps(Api.NOTICE_SEND, 20).plain().outcome());

        assertThat(PlatformTally.byOrganisation(simulator).get("corp").monthRefusals())
                .isEqualTo(4);
    }

    private void answer(Api api, String outcome) {
        CallDraft call = new CallDraft();
        call.begin(api, 0, 0);
        call.setCorpId("corp");
        call.setOutcome(outcome);
        simulator.ledger().append(call);
    }
}
