package dev.sluice.loadtest.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.loadtest.testkit.SimulatorExtension;
import dev.sluice.simulator.Simulator;
import dev.sluice.simulator.http.Api;
import dev.sluice.simulator.ledger.CallDraft;
import dev.sluice.simulator.ledger.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** 150 people are asked for twice, in calls of 75. */
@ExtendWith(SimulatorExtension.class)
class RepeatsTest {
    private final Simulator simulator;

    RepeatsTest(Simulator simulator) {
        this.simulator = simulator;
    }

    @Test
    void aDoubtfulCallExplainsAsManyRepeatsAsItMayHaveHadPeople() {
        simulator.directory().addOrganisation("corp", "standard").people().addRange("user", 150);
        call(0, Verdict.SHOWN);
        call(75, Verdict.SHOWN);
        call(0, Verdict.SAME_CONTENT);
        call(75, Verdict.SAME_CONTENT);
        PlatformTally tally = PlatformTally.byOrganisation(simulator).get("corp");
        assertThat(tally.repeated()).isEqualTo(150);
        assertThat(tally.repeatedBeyond(0)).isEqualTo(150);
        assertThat(tally.repeatedBeyond(1)).isEqualTo(50);
        assertThat(tally.repeatedBeyond(2)).isZero();
    }

    private void call(int first, Verdict verdict) {
        CallDraft call = new CallDraft();
        call.begin(Api.NOTICE_SEND, 0, 0);
        call.setCorpId("corp");
        call.setContentHash(42);
        for (int person = first; person < first + 75; person++) {
            call.addRecipient(person, verdict);
        }
        simulator.ledger().append(call);
    }
}
